package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the widgets of a page back into it (shared/formats/appsmith.md 3.3). A file says by its folder which widget it is in; the canvas
 * in that widget is the only one there is, or the one that the widget names as its parent. Unlike the platform we look folders up by
 * their whole path, and a widget that the root holds by its path but not by its own word goes where it says.
 */
final class AppsmithWidgets {
    private static final String CHILDREN = "children";

    /** One widget or canvas on its way into the tree. */
    private static final class Node {
        final JsonObject content;
        final List<Node> children = new ArrayList<>();
        /** Canvases that came with the widget, which its content is in. */
        final List<Node> shells = new ArrayList<>();

        Node(JsonObject content) {
            this.content = content;
            content.array(CHILDREN).ifPresent(list -> {
                for (JsonValue child : list) {
                    if (child instanceof JsonObject o) {
                        Node shell = new Node(o);
                        shells.add(shell);
                        children.add(shell);
                    }
                }
            });
        }

        Optional<String> id() {
            return content.text("widgetId");
        }

        boolean holds(Node other) {
            return this == other || children.stream().anyMatch(child -> child.holds(other));
        }

        JsonObject toJson() {
            return children.isEmpty()
                    ? content
                    : content.with(
                            CHILDREN,
                            JsonArray.of(children.stream().map(Node::toJson).toList()));
        }
    }

    private final Node root;
    private final Map<String, Node> byFolder = new TreeMap<>();
    private final Map<String, Node> byId = new HashMap<>();
    private final List<Problem> findings;

    private AppsmithWidgets(JsonObject dsl, List<Problem> findings) {
        this.root = new Node(dsl);
        this.findings = findings;
        know(root);
    }

    /** The page with every widget of its folder in it. */
    static JsonObject join(JsonObject page, NativeFiles files, NativePath file, List<Problem> findings) {
        String folder = file.folder() + "/widgets";
        List<NativePath> widgets = files.paths().stream()
                .filter(p -> file.depth() == 3
                        && p.hasExtension("json")
                        && p.folder().startsWith(folder))
                .filter(p -> p.folder().equals(folder) || p.folder().startsWith(folder + "/"))
                .toList();
        Optional<JsonObject> dsl = dsl(page);
        if (widgets.isEmpty() || dsl.isEmpty()) {
            return page;
        }
        AppsmithWidgets tree = new AppsmithWidgets(dsl.get(), findings);
        tree.hang(files, widgets, folder);
        return withDsl(page, tree.root.toJson());
    }

    private static Optional<JsonObject> dsl(JsonObject page) {
        return page.object("unpublishedPage")
                .flatMap(half -> half.array("layouts"))
                .filter(layouts -> !layouts.isEmpty() && layouts.get(0) instanceof JsonObject)
                .flatMap(layouts -> ((JsonObject) layouts.get(0)).object("dsl"));
    }

    private static JsonObject withDsl(JsonObject page, JsonObject dsl) {
        JsonObject half = page.object("unpublishedPage").orElseThrow();
        JsonArray layouts = half.array("layouts").orElseThrow();
        JsonObject first = ((JsonObject) layouts.get(0)).with("dsl", dsl);
        return page.with("unpublishedPage", half.with("layouts", layouts.with(0, first)));
    }

    private void know(Node node) {
        node.id().ifPresent(id -> byId.putIfAbsent(id, node));
        node.shells.forEach(this::know);
    }

    private void hang(NativeFiles files, List<NativePath> paths, String top) {
        Map<NativePath, Node> nodes = new LinkedHashMap<>();
        for (NativePath path : paths) {
            Node node = new Node(NativeJson.object(files, path));
            nodes.put(path, node);
            know(node);
            if (hasOwnFolder(path, top)) {
                byFolder.put(path.folder(), node);
            }
        }
        nodes.forEach((path, node) -> {
            Node parent = parent(path, top, node);
            if (node.holds(parent)) {
                findings.add(Problem.of(
                        Reason.MISPLACED_RECORD, path.toString(), "this widget is within itself; put at the top"));
                parent = root;
            }
            parent.children.add(node);
        });
    }

    private static boolean hasOwnFolder(NativePath path, String top) {
        return !path.folder().equals(top) && path.segment(path.depth() - 2).equals(path.stem());
    }

    private Node parent(NativePath path, String top, Node node) {
        String folder = path.folder();
        if (hasOwnFolder(path, top)) {
            folder = folder.substring(0, folder.lastIndexOf('/'));
        }
        Optional<Node> named = node.content.text("parentId").map(byId::get);
        if (folder.equals(top)) {
            return named.orElse(root);
        }
        Node owner = byFolder.get(folder);
        if (owner == null) {
            findings.add(Problem.of(
                    Reason.MISPLACED_RECORD, path.toString(), "the widget that this folder belongs to is missing"));
            return named.orElse(root);
        }
        if (owner.shells.size() == 1) {
            return owner.shells.get(0);
        }
        if (named.isPresent() && (named.get() == owner || owner.shells.contains(named.get()))) {
            return named.get();
        }
        return owner.shells.isEmpty() ? named.orElse(owner) : owner.shells.get(0);
    }
}
