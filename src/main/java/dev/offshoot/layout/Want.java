package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.Optional;

/**
 * One thing that a record needs.
 *
 * @param need what sort of thing: {@code datasource}, {@code plugin}, {@code module}, {@code role}, {@code calendar}
 * @param name what people call it; its id when nothing better is known
 * @param address where it is; empty when it is not there, or is no thing of the tree
 * @param inTree false for what only the platform can have
 * @param by the record that needs it
 */
public record Want(String need, String name, Optional<TreePath> address, boolean inTree, TreePath by) {}
