package dev.offshoot.service;

import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;

/**
 * Names a definition in a state of a workspace.
 *
 * @param address for example {@code tooljet/apps/crm}
 */
public record DefinitionRequest(WorkspaceName workspace, Revision revision, TreePath address) {}
