package dev.offshoot.layout;

import dev.offshoot.model.TreePath;

/**
 * A secret of a document that has a place in a file, where its value is not.
 *
 * @param where pointer in the document
 * @param address of the record with the file
 * @param pointer in the file
 */
public record SecretAt(String where, TreePath address, String pointer) {}
