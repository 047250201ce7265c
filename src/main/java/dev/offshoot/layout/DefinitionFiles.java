package dev.offshoot.layout;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlLine;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a definition, sorted into those of its base and those of each parallel folder; reads their line files once. */
final class DefinitionFiles {
    private final TreeSource source;
    private final String address;
    private final List<Problem> findings;
    private final TreeSet<TreePath> base;
    private final Map<String, TreeSet<TreePath>> others = new HashMap<>();
    private final Set<TreePath> used = new HashSet<>();
    private final Map<TreePath, Map<String, JsonValue>> lines = new HashMap<>();
    private final Map<TreePath, Map<String, Integer>> numbers = new HashMap<>();

    DefinitionFiles(
            Set<String> folders, TreeSource source, String address, SortedSet<TreePath> files, List<Problem> findings) {
        this.source = source;
        this.address = address;
        this.findings = findings;
        if (folders.isEmpty()) {
            base = new TreeSet<>(files);
            return;
        }
        base = new TreeSet<>();
        folders.forEach(f -> others.put(f, new TreeSet<>()));
        for (TreePath path : files) {
            String rest = path.value().substring(Math.min(path.value().length(), address.length() + 1));
            int slash = rest.indexOf('/');
            Set<TreePath> other = slash < 0 ? null : others.get(rest.substring(0, slash));
            (other == null ? base : other).add(path);
        }
    }

    SortedSet<TreePath> base() {
        return base;
    }

    /** The parallel file of a base path, whether it exists or not; the path itself when the folder has no name. */
    private TreePath at(String folder, TreePath path) {
        return folder.isEmpty()
                ? path
                : TreePath.of(address + "/" + folder + path.value().substring(address.length()));
    }

    /** The file that holds, for a half, what the base has at a path. */
    Optional<TreePath> find(String folder, TreePath path) {
        TreePath at = at(folder, path);
        if (!all(folder).contains(at)) {
            return Optional.empty();
        }
        used.add(at);
        return Optional.of(at);
    }

    private TreeSet<TreePath> all(String folder) {
        return folder.isEmpty() ? base : others.get(folder);
    }

    /** Files directly in a folder, by what follows the folder's path. */
    Map<String, TreePath> in(String folder, String below) {
        TreePath at = at(folder, TreePath.of(below));
        Map<String, TreePath> found = new TreeMap<>();
        for (TreePath p : all(folder).tailSet(at)) {
            if (!p.value().startsWith(at.value())) {
                break;
            }
            if (p.isWithin(at) && p.value().indexOf('/', at.value().length() + 1) < 0) {
                found.put(p.name(), p);
            }
        }
        return found;
    }

    void use(TreePath path) {
        used.add(path);
    }

    /** Lines of a file; of several with one key the last counts. Empty when there is no such file. */
    Map<String, JsonValue> lines(String folder, TreePath path) {
        Optional<TreePath> file = find(folder, path);
        return file.isEmpty() ? Map.of() : lines.computeIfAbsent(file.get(), this::read);
    }

    private Map<String, JsonValue> read(TreePath file) {
        Map<String, JsonValue> found = new LinkedHashMap<>();
        Map<String, Integer> number = new HashMap<>();
        for (YamlLine line : YamlReader.lines(source.read(file).bytes(), file.value())) {
            if (!(line.value() instanceof JsonObject) && !(line.value() instanceof JsonNull)) {
                throw Failure.of(
                        Reason.MALFORMED_YAML,
                        file + ":" + line.number(),
                        "the line of '" + line.key() + "' must hold a map of fields",
                        "write it as {name: value, …}");
            }
            number.put(line.key(), line.number());
            JsonValue before = found.put(line.key(), line.value());
            if (before != null && !before.equals(line.value())) {
                findings.add(new Problem(
                        Reason.DUPLICATE_LINE,
                        file + ":" + line.number(),
                        "there is another line for '" + line.key() + "'",
                        "this one, the last, counts"));
            }
        }
        numbers.put(file, number);
        return found;
    }

    /** Where the line of a key is, with its number: in the file of the half, or in that of the base when the half says nothing of it. */
    String place(String folder, TreePath path, String key) {
        for (TreePath file : List.of(at(folder, path), path)) {
            Integer number = numbers.getOrDefault(file, Map.of()).get(key);
            if (number != null) {
                return file + ":" + number;
            }
        }
        return (all(folder).contains(at(folder, path)) ? at(folder, path) : path).value();
    }

    /** Parallel files that nothing has asked for. */
    List<TreePath> unused() {
        return others.values().stream()
                .flatMap(Set::stream)
                .filter(p -> !used.contains(p))
                .sorted()
                .toList();
    }

    TreeSource source() {
        return source;
    }

    void finding(Problem problem) {
        findings.add(problem);
    }
}
