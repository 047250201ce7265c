package dev.offshoot.access;

/**
 * The two ways to be known: programs show the token with each request, browsers a session that the token began.
 *
 * @param gate for the API and for Git
 * @param sessions for the page, and for nothing else
 */
public record Callers(Gate gate, Sessions sessions) {}
