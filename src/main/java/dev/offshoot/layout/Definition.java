package dev.offshoot.layout;

import dev.offshoot.model.TreePath;

/**
 * A definition with its place.
 *
 * @param address folder, or file without extension, in the tree
 */
public record Definition(DefinitionHeader header, TreePath address) {}
