package dev.offshoot.archive;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The list of an archive: its format, and every file with length and SHA-256, in the order in which they were written. */
record ArchiveManifest(ArchiveFormat format, Map<TreePath, Entry> files) {
    static final TreePath PATH = TreePath.of("manifest.json");
    private static final int DEEPEST = 4;
    private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");

    /** One file. */
    record Entry(long bytes, String sha256) {
        Entry {
            if (bytes < 0 || !SUM.matcher(sha256).matches()) {
                throw new IllegalArgumentException("neither a length nor a checksum");
            }
        }
    }

    ArchiveManifest {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** @param about further members, for people */
    byte[] toBytes(JsonObject about) {
        List<JsonValue> list = new ArrayList<>(files.size());
        files.forEach((path, entry) -> list.add(JsonObject.builder()
                .put("path", path.value())
                .put("bytes", new JsonNumber(Long.toString(entry.bytes())))
                .put("sha256", entry.sha256())
                .build()));
        return JsonWriter.pretty(JsonObject.builder()
                .put("format", format.name())
                .put("version", new JsonNumber(Integer.toString(format.version())))
                .putAll(about)
                .put("files", JsonArray.of(list))
                .build());
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws Failure {@code INVALID_ARCHIVE} when it is another format or damaged, {@code NEWER_VERSION}
     */
    static ArchiveManifest read(byte[] bytes, ArchiveFormat wanted) {
        JsonObject list;
        try {
            Limits limits = Limits.DEFAULT.withMaxDepth(DEEPEST);
            list = JsonReader.read(bytes, limits) instanceof JsonObject o ? o : JsonObject.EMPTY;
        } catch (Failure e) {
            throw ArchiveProblems.damaged(PATH.value(), "the list of its files cannot be read", e);
        }
        String format = list.text("format").orElse("");
        if (!format.equals(wanted.name())) {
            throw Failure.of(
                    Reason.INVALID_ARCHIVE,
                    PATH.value(),
                    "this is not " + wanted.what(),
                    format.isEmpty() ? "" : "it says of itself that it is " + format);
        }
        requireVersion(list, wanted);
        Map<TreePath, Entry> files = new LinkedHashMap<>();
        for (JsonValue value : list.array("files").orElse(JsonArray.of(List.of()))) {
            JsonObject file = value instanceof JsonObject o ? o : JsonObject.EMPTY;
            try {
                TreePath path = TreePath.of(file.text("path").orElse(""));
                Entry entry =
                        new Entry(number(file, "bytes"), file.text("sha256").orElse(""));
                if (path.isRoot() || path.equals(PATH) || files.put(path, entry) != null) {
                    throw new IllegalArgumentException("listed twice, or not to be listed");
                }
            } catch (Failure | IllegalArgumentException e) {
                throw ArchiveProblems.damaged(
                        file.text("path").orElse(PATH.value()), "the list of its files names it in a wrong way", e);
            }
        }
        return new ArchiveManifest(wanted, files);
    }

    private static void requireVersion(JsonObject list, ArchiveFormat wanted) {
        long version;
        try {
            version = number(list, "version");
        } catch (IllegalArgumentException e) {
            throw ArchiveProblems.damaged(PATH.value(), "no version is named", e);
        }
        if (version > wanted.version()) {
            throw Failure.of(
                    Reason.NEWER_VERSION,
                    PATH.value(),
                    "this archive has version " + version + ", this Offshoot reads up to " + wanted.version(),
                    "use the Offshoot that wrote it, or a later one");
        }
        if (version < 1) {
            throw ArchiveProblems.damaged(PATH.value(), "no version is named");
        }
    }

    private static long number(JsonObject from, String member) {
        return Long.parseLong(from.get(member)
                .filter(JsonNumber.class::isInstance)
                .map(Object::toString)
                .orElse(""));
    }
}
