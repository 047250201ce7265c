package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.Optional;

/**
 * A place in a file whose value is a secret: the file does not have it, the vault may.
 *
 * @param address of the record with the file
 * @param pointer in the file
 * @param part key of the part of the record that has the field, such as an environment; empty when it is the record's own
 * @param field what people call it
 * @param needed whether the record does not work without it
 */
public record SecretPlace(TreePath address, String pointer, Optional<String> part, String field, boolean needed) {}
