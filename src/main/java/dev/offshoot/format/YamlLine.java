package dev.offshoot.format;

/**
 * One line of a line file.
 *
 * @param number of the line, from 1
 * @param key what the line is about; a file may hold several lines with one key
 */
public record YamlLine(int number, String key, JsonValue value) {}
