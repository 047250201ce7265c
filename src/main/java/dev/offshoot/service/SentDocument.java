package dev.offshoot.service;

import dev.offshoot.model.WorkspaceName;

/**
 * A document for a workspace.
 *
 * @param bytes as they came; not changed after the call
 */
public record SentDocument(WorkspaceName workspace, byte[] bytes) {}
