package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Ledger;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.Optional;

/** What requests share: everything in here is derived from named objects and can be derived again. */
final class Caches {
    /** Heap that a parsed value takes, as a multiple of its text. */
    static final int VALUE_FACTOR = 6;

    final BoundedCache<ObjectName, JsonValue> yaml;
    final BoundedCache<Place, Ledger> ledgers;
    final BoundedCache<Head, Optional<DefinitionHeader>> headers = new BoundedCache<>(20_000);

    /** A part of the ledger: what it says depends on where it stands. */
    record Place(TreePath path, ObjectName object) {}

    /** A definition by everything its header is made from. */
    record Head(TreePath address, Optional<ObjectName> file, Optional<ObjectName> ledger) {}

    /** Caches that together take at most so much heap. */
    Caches(long heapBytes) {
        yaml = new BoundedCache<>(heapBytes * 3 / 4);
        ledgers = new BoundedCache<>(heapBytes / 4);
    }
}
