package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.Optional;

/**
 * A version of a definition: what an export can select one of.
 *
 * @param id in the instance the ledger knows, if it does
 */
public record VersionHeader(String name, Optional<String> id, TreePath address) {}
