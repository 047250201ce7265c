package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ledger on disk: beside the files of a folder, {@code facts.json} (ids, timestamps, absences; a line per record) and
 * {@code slots.json} (sequences; a line per item), so that a change of one folder touches the files of one folder. The record of the folder
 * itself is called {@code .}.
 */
final class LedgerFiles {
    private static final String FACTS = "facts.json";
    private static final String SLOTS = "slots.json";

    /** Length of a usual line, so that a large file is not copied many times while it grows. */
    private static final int LINE = 256;

    private LedgerFiles() {}

    static FileTree write(Ledger ledger) {
        return write(ledger, ledger.entries().keySet());
    }

    /** Only the files in which some addresses are. */
    static FileTree write(Ledger ledger, Set<String> wanted) {
        String[] addresses = ledger.entries().keySet().toArray(new String[0]);
        Arrays.parallelSort(addresses);
        Map<String, List<String>> byFolder = byFolder(addresses);
        if (wanted.size() < addresses.length) {
            Set<String> folders = byFolder.keySet();
            Set<String> kept = new HashSet<>();
            wanted.forEach(address -> kept.add(folderOf(address, folders)));
            folders.retainAll(kept);
        }
        TreeMap<TreePath, Content> files = new TreeMap<>();
        byFolder.forEach((folder, inFolder) -> {
            TreePath path = TreePath.of(folder);
            Lines facts = new Lines(inFolder.size() * LINE);
            Lines slots = new Lines(LINE);
            for (String address : inFolder) {
                Ledger.Entry entry = ledger.entry(address);
                String name = address.equals(folder)
                        ? "."
                        : address.startsWith(folder + "#")
                                ? address.substring(folder.length())
                                : address.substring(folder.length() + 1);
                if (hasFacts(entry) || entry.isEmpty()) {
                    facts(facts.member(name), entry);
                }
                entry.slots().forEach((pointer, slot) -> slot(slots.member(name + " " + pointer), slot, address));
            }
            facts.addTo(files, path.child(FACTS));
            slots.addTo(files, path.child(SLOTS));
        });
        return FileTree.of(files);
    }

    /** Addresses by the folder they are kept in. Sorted ones go through whole files and folders at a time. */
    private static Map<String, List<String>> byFolder(String[] addresses) {
        Set<String> folders = folders(addresses);
        Map<String, List<String>> byFolder = new TreeMap<>();
        String file = "";
        List<String> inFolder = List.of();
        for (String address : addresses) {
            int end = fileEnd(address);
            if (file.isEmpty() || end != file.length() || !address.startsWith(file)) {
                file = address.substring(0, end);
                inFolder = byFolder.computeIfAbsent(folderOf(file, folders), f -> new ArrayList<>());
            }
            inFolder.add(address);
        }
        return byFolder;
    }

    /** Folders that something lies in. A record that others lie below, or that has lists, is kept in its own. */
    private static Set<String> folders(String[] addresses) {
        Set<String> folders = new HashSet<>();
        String last = "";
        for (String address : addresses) {
            int slash = address.lastIndexOf('/', fileEnd(address));
            if (slash == last.length() && address.startsWith(last)) {
                continue;
            }
            last = address.substring(0, Math.max(0, slash));
            for (String folder = last; !folder.isEmpty() && folders.add(folder); ) {
                folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
            }
        }
        return folders;
    }

    private static int fileEnd(String address) {
        int hash = address.indexOf('#');
        return hash < 0 ? address.length() : hash;
    }

    private static String folderOf(String address, Set<String> folders) {
        String file = address.substring(0, fileEnd(address));
        return folders.contains(file) ? file : file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** Members on lines of their own, so that Git's deltas and people find them. */
    private static final class Lines {
        private final StringBuilder text;

        Lines(int room) {
            text = new StringBuilder(room);
        }

        StringBuilder member(String key) {
            text.append(text.isEmpty() ? "{\n" : ",\n");
            string(text, key);
            return text.append(':');
        }

        void addTo(Map<TreePath, Content> files, TreePath path) {
            if (!text.isEmpty()) {
                files.put(path, Content.utf8(text.append("\n}\n").toString()));
            }
        }
    }

    /** Most texts here are ids, times and addresses: nothing to escape. */
    private static void string(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                value(out, new JsonString(text), false);
                return;
            }
        }
        out.append('"').append(text).append('"');
    }

    private static void value(StringBuilder out, JsonValue value) {
        value(out, value, true);
    }

    private static void value(StringBuilder out, JsonValue value, boolean plain) {
        if (plain && value instanceof JsonString s) {
            string(out, s.value());
        } else {
            out.append(new String(JsonWriter.compact(value), StandardCharsets.UTF_8));
        }
    }

    private static boolean hasFacts(Ledger.Entry entry) {
        return !entry.facts().isEmpty()
                || !entry.absent().isEmpty()
                || !entry.symbols().isEmpty();
    }

    private static void facts(StringBuilder out, Ledger.Entry entry) {
        char separator = '{';
        for (Map.Entry<String, JsonValue> fact : entry.facts().entrySet()) {
            out.append(separator);
            string(out, fact.getKey());
            value(out.append(':'), fact.getValue());
            separator = ',';
        }
        if (!entry.absent().isEmpty()) {
            out.append(separator).append("\"$absent\":");
            value(out, JsonArray.of(entry.absent().stream().map(JsonString::new).toList()));
            separator = ',';
        }
        if (!entry.symbols().isEmpty()) {
            JsonObject.Builder symbols = JsonObject.builder();
            new TreeMap<>(entry.symbols()).forEach(symbols::put);
            out.append(separator).append("\"$symbols\":");
            value(out, symbols.build());
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void slot(StringBuilder out, Ledger.Slot slot, String container) {
        out.append('[');
        string(out, slot.shape().name().toLowerCase(java.util.Locale.ROOT));
        for (Ledger.Token token : slot.tokens()) {
            out.append(",\n ");
            token(out, token, container);
        }
        out.append(']');
    }

    private static void token(StringBuilder out, Ledger.Token token, String container) {
        if (token.isRaw()) {
            out.append("null");
            return;
        }
        if (token.override().isPresent()) {
            out.append('[');
            address(out, token.address(), container);
            facts(out.append(','), token.override().get());
            out.append(']');
        } else {
            address(out, token.address(), container);
        }
    }

    /** Below the container: the rest of the path; elsewhere: from the root, with a colon. */
    private static void address(StringBuilder out, String address, String container) {
        boolean below = address.length() > container.length()
                && address.startsWith(container)
                && (address.charAt(container.length()) == '/' || address.charAt(container.length()) == '#');
        string(out, below ? address.substring(container.length()) : ":" + address);
    }

    static Ledger read(FileTree files) {
        List<Map.Entry<TreePath, Content>> wanted = files.files().entrySet().stream()
                .filter(f ->
                        f.getKey().name().equals(FACTS) || f.getKey().name().equals(SLOTS))
                .toList();
        List<Part> parts = wanted.parallelStream()
                .map(file -> part(file.getKey(), file.getValue()))
                .toList();
        Map<String, Ledger.Entry> entries =
                new HashMap<>(parts.stream().mapToInt(p -> p.facts().size()).sum() * 2);
        parts.forEach(part -> entries.putAll(part.facts()));
        parts.forEach(part -> part.slots()
                .forEach((address, slots) -> entries.merge(
                        address, new Ledger.Entry(Map.of(), List.of(), Map.of(), slots), Ledger.Entry::and)));
        return new Ledger(entries);
    }

    /** What one file says. */
    private record Part(Map<String, Ledger.Entry> facts, Map<String, Map<String, Ledger.Slot>> slots) {}

    private static Part part(TreePath path, Content content) {
        Part part = new Part(new LinkedHashMap<>(), new LinkedHashMap<>());
        String folder = path.parent().value();
        if (!(JsonReader.read(content.bytes(), Limits.DEFAULT) instanceof JsonObject members)) {
            return part;
        }
        members.forEach((name, value) -> {
            if (path.name().equals(FACTS)) {
                part.facts().put(address(folder, name), entry((JsonObject) value, Map.of()));
            } else {
                int space = name.indexOf(' ');
                String address = address(folder, name.substring(0, space));
                part.slots()
                        .computeIfAbsent(address, a -> new LinkedHashMap<>())
                        .put(name.substring(space + 1), slot((JsonArray) value, address));
            }
        });
        return part;
    }

    private static String address(String folder, String name) {
        return name.equals(".")
                ? folder
                : name.startsWith("#") ? folder + name : folder.isEmpty() ? name : folder + "/" + name;
    }

    private static Ledger.Entry entry(JsonObject own, Map<String, Ledger.Slot> slots) {
        List<String> absent = new ArrayList<>();
        own.array("$absent").ifPresent(list -> list.forEach(v -> absent.add(((JsonString) v).value())));
        Map<String, String> symbols = new LinkedHashMap<>();
        own.object("$symbols").ifPresent(map -> map.forEach((k, v) -> symbols.put(k, ((JsonString) v).value())));
        JsonObject facts = own.without("$absent").without("$symbols");
        return new Ledger.Entry(
                facts.isEmpty() ? Map.of() : facts.asMap(),
                List.copyOf(absent),
                symbols.isEmpty() ? Map.of() : symbols,
                slots);
    }

    private static Ledger.Slot slot(JsonArray value, String container) {
        Rec.Shape shape = Rec.Shape.valueOf(((JsonString) value.get(0)).value().toUpperCase(java.util.Locale.ROOT));
        List<Ledger.Token> tokens = new ArrayList<>(value.size());
        for (int i = 1; i < value.size(); i++) {
            JsonValue item = value.get(i);
            if (item.isNull()) {
                tokens.add(Ledger.Token.RAW);
            } else if (item instanceof JsonArray pair) {
                tokens.add(new Ledger.Token(
                        resolve((JsonString) pair.get(0), container),
                        Optional.of(entry((JsonObject) pair.get(1), Map.of()))));
            } else {
                tokens.add(new Ledger.Token(resolve((JsonString) item, container), Optional.empty()));
            }
        }
        return new Ledger.Slot(shape, tokens);
    }

    private static String resolve(JsonString text, String container) {
        return text.value().startsWith(":") ? text.value().substring(1) : container + text.value();
    }
}
