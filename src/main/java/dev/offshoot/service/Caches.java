package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Ledger;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What requests share: everything in here is derived from named objects and can be derived again. */
final class Caches {
    /** Heap that a parsed value takes, as a multiple of its text. */
    static final int VALUE_FACTOR = 6;

    final BoundedCache<ObjectName, JsonValue> yaml;
    final BoundedCache<Place, Ledger> ledgers;
    /** Whole exports; the tag names everything they were made from, within a workspace. */
    final BoundedCache<Document, Written> documents;

    /** What the last imports came to know; one document can fill it. */
    final BoundedCache<LastImports.Key, LastImports.Last> imports;

    final LastExports exports;

    final BoundedCache<Head, Optional<DefinitionHeader>> headers = new BoundedCache<>(20_000);

    /** A part of the ledger: what it says depends on where it stands. */
    record Place(TreePath path, ObjectName object) {}

    /** A definition by everything its header is made from. */
    record Head(TreePath address, Optional<ObjectName> file, Optional<ObjectName> ledger) {}

    record Document(UUID workspace, EntityTag tag) {}

    /** An export as it was sent. */
    record Written(ExportedDocument.Pieces document, List<Problem> findings) {}

    /** Caches that together take at most so much heap. */
    Caches(long heapBytes) {
        long part = heapBytes / 16;
        yaml = new BoundedCache<>(3 * part);
        imports = new BoundedCache<>(4 * part, 4 * part);
        ledgers = new BoundedCache<>(2 * part, part);
        documents = new BoundedCache<>(2 * part, 2 * part);
        exports = new LastExports(5 * part);
    }
}
