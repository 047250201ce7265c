package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random changes of a tree of definitions, as people and editors make them. */
public final class TreeEdits {
    private final Random random;

    public TreeEdits(long seed) {
        this.random = new Random(seed);
    }

    /** The tree after some changes of files in it. */
    public FileTree change(FileTree tree, int changes) {
        FileTree result = tree;
        for (int i = 0; i < changes; i++) {
            List<TreePath> paths = new ArrayList<>(result.paths());
            if (!paths.isEmpty()) {
                result = changed(result, paths.get(random.nextInt(paths.size())));
            }
        }
        return result;
    }

    private FileTree changed(FileTree tree, TreePath path) {
        Content content = tree.find(path).orElseThrow();
        return switch (random.nextInt(12)) {
            case 0 -> tree.without(path);
            case 1 -> with(tree, path.parent().child("new" + random.nextInt(3) + extension(path)), content);
            case 2 -> with(tree, path.parent().child("New" + random.nextInt(3) + extension(path)), content);
            default -> with(tree, path, content(path, content));
        };
    }

    private static String extension(TreePath path) {
        return path.name().substring(path.name().lastIndexOf('.'));
    }

    private Content content(TreePath path, Content content) {
        if (YamlFiles.isYaml(path) && !isLines(path) && YamlFiles.parse(path, content) instanceof JsonObject o) {
            return Content.of(YamlWriter.write(value(o)));
        }
        List<String> lines = new ArrayList<>(content.utf8().lines().toList());
        if (isLines(path) && !lines.isEmpty()) {
            lines.remove(random.nextInt(lines.size()));
        } else if (random.nextInt(4) == 0) {
            Collections.shuffle(lines, random);
        } else {
            lines.add(random.nextInt(lines.size() + 1), "line" + random.nextInt(5));
        }
        return Content.utf8(lines.isEmpty() ? "{}\n" : String.join("\n", lines) + "\n");
    }

    private static boolean isLines(TreePath path) {
        return path.name().matches("arrangement.yaml|derived.yaml|pages.yaml|.*functions.yaml");
    }

    private JsonValue value(JsonValue value) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            String key = o.key(random.nextInt(o.size()));
            return switch (random.nextInt(6)) {
                case 0 -> o.without(key);
                case 1 -> o.with("added" + random.nextInt(3), new JsonNumber("" + random.nextInt(3)));
                default -> o.with(key, value(o.get(key).orElseThrow()));
            };
        }
        if (value instanceof JsonArray a && a.size() > 0) {
            int at = random.nextInt(a.size());
            return a.with(at, value(a.get(at)));
        }
        return new JsonString("changed" + random.nextInt(4));
    }

    private static FileTree with(FileTree tree, TreePath path, Content content) {
        Map<TreePath, Content> files = new TreeMap<>(tree.files());
        files.put(path, content);
        return FileTree.of(files);
    }
}
