package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins the parts of a record, and takes the records out that are written inside it. */
final class RecordReader {
    private final Layout layout;
    private final TreeSource source;
    private final Ledger ledger;
    private final Embedding embedding;

    RecordReader(Layout layout, TreeSource source, Ledger ledger) {
        this.layout = layout;
        this.source = source;
        this.ledger = ledger;
        this.embedding = new Embedding(layout);
    }

    static String entryFile(Layout.Owned owned) {
        return ((Placement.Target.Entry) owned.place().target()).file();
    }

    /**
     * Reads a record.
     *
     * @param parts its files beside the main one, by what follows the stem
     * @param files all files of the definition, when that is a folder
     * @param findings receives what is not as it should be, such as files that are none of the record's
     */
    void load(Node node, Map<String, TreePath> parts, Optional<DefinitionFiles> files, Collection<Problem> findings) {
        JsonValue main = source.yaml(node.file);
        if (!(main instanceof JsonObject content)) {
            throw Failure.of(Reason.MALFORMED_YAML, node.file.value(), "this file must hold a map of fields");
        }
        Set<String> keys = embedding.of(node.kind);
        Set<TreePath> used = new HashSet<>();
        // As they were taken out, the last one first: a side file may have been a part of another.
        List<Kind.Facet> facets = node.kind.facets();
        if (facets.size() > 1) {
            facets = new ArrayList<>(facets);
            Collections.reverse(facets);
        }
        for (Kind.Facet facet : facets) {
            if (Embedding.isKey(keys, facet.at())) {
                content = facet(facet, content, parts, used, findings);
            }
        }
        content = Embedding.unescape(takeOut(node, keys, content));
        for (Kind.Facet facet : facets) {
            if (!Embedding.isKey(keys, facet.at())) {
                content = facet(facet, content, parts, used, findings);
            }
        }
        for (Kind.Text text : node.kind.texts()) {
            TreePath path = parts.get(text.suffix());
            if (path != null && used.add(path)) {
                String value = source.read(path).utf8();
                content = (JsonObject) text.at()
                        .putDeep(
                                content,
                                new JsonString(value.endsWith("\n") ? value.substring(0, value.length() - 1) : value));
            }
        }
        content = binary(node.kind, content, parts, used);
        if (files.isPresent()) {
            node.kind.anatomy().half().texts().forEach(t -> used.add(parts.get(t.suffix())));
            if (!node.kind.anatomy().isPlain()) {
                content = AnatomyReader.join(node, content, files.get());
            }
            for (Layout.Owned owned : layout.entriesOf(node.kind)) {
                TreePath path = AnatomyReader.entries(node, entryFile(owned));
                used.add(path);
                entries(node, owned, path, files.get());
            }
        }
        for (TreePath part : parts.values()) {
            if (!used.contains(part)) {
                findings.add(NodeReader.unknown(layout, part));
            }
        }
        node.content = content;
    }

    /** The side file with another suffix than those of texts; renaming a file in its record does not part it from what it holds. */
    private JsonObject binary(Kind kind, JsonObject content, Map<String, TreePath> parts, Set<TreePath> used) {
        if (kind.binary().isEmpty() || kind.binary().get().at().get(content).isPresent()) {
            return content;
        }
        for (Map.Entry<String, TreePath> part : parts.entrySet()) {
            if (!part.getKey().endsWith(".yaml") && used.add(part.getValue())) {
                String text = Binaries.encode(source.read(part.getValue()).bytes());
                return (JsonObject) kind.binary().get().at().putDeep(content, new JsonString(text));
            }
        }
        return content;
    }

    private void entries(Node owner, Layout.Owned owned, TreePath file, DefinitionFiles files) {
        files.lines("", file).forEach((key, value) -> {
            if (!(value instanceof JsonObject content)) {
                throw Failure.of(
                        Reason.MALFORMED_YAML, file.value(), "the line of '" + key + "' must hold a map of fields");
            }
            String address = owner.address + "#" + entryFile(owned) + "/" + key;
            Node node = new Node(owned.kind(), address, owner, Optional.of(owned.place()), file, ledger);
            JsonObject sorted = CanonicalOrder.sort(content);
            node.content = node.kind.anatomy().isPlain() ? sorted : AnatomyReader.join(node, sorted, files);
            owner.children.add(node);
        });
    }

    private JsonObject facet(
            Kind.Facet facet,
            JsonObject content,
            Map<String, TreePath> parts,
            Set<TreePath> used,
            Collection<Problem> findings) {
        TreePath path = parts.get("." + facet.file() + ".yaml");
        if (path == null || !used.add(path)) {
            return content;
        }
        JsonValue value = facet.by()
                .map(by -> ItemLines.read(source, path, by, findings::add))
                .orElseGet(() -> source.yaml(path));
        return (JsonObject) facet.at().putDeep(content, value);
    }

    private JsonObject takeOut(Node host, Set<String> keys, JsonObject content) {
        Set<String> out = Set.of();
        for (int i = 0; i < content.size(); i++) {
            String key = content.key(i);
            if (!Embedding.isReserved(keys, key)) {
                continue;
            }
            boolean own = key.equals(Embedding.KEY);
            out = out.isEmpty() ? new HashSet<>() : out;
            out.add(key);
            if (own) {
                host.key = Values.text(content.value(i));
            } else {
                embedded(host, key, content.value(i));
            }
        }
        return out.isEmpty() ? content : content.without(out);
    }

    private void embedded(Node host, String key, JsonValue value) {
        String prefix = host.address + (host.isEmbedded() ? "/" : "#") + key + "/";
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                embed(host, key, prefix + i, list.get(i));
            }
        } else if (value instanceof JsonObject map) {
            map.forEach((k, v) -> embed(host, key, prefix + k, v));
        }
    }

    private void embed(Node host, String key, String address, JsonValue value) {
        if (!(value instanceof JsonObject content)) {
            throw Failure.of(
                    Reason.MALFORMED_YAML, host.file.value(), "an item of '" + key + "' must be a map of fields");
        }
        Node node = embeddedKind(host, key, content, address);
        host.children.add(node);
        node.content = Embedding.unescape(takeOut(node, embedding.of(node.kind), content));
    }

    private Node embeddedKind(Node host, String key, JsonObject content, String address) {
        if (key.startsWith(Embedding.UNPLACED)) {
            String list = key.substring(Embedding.UNPLACED.length());
            for (Map.Entry<Kind.Slot, List<Kind>> slot :
                    layout.slotsOf(host.kind.name()).entrySet()) {
                if (slot.getKey().at().equals(Pointer.parse(Pointer.escape(list) + "/*"))) {
                    List<Kind> kinds = slot.getValue();
                    Kind kind = kinds.stream()
                            .filter(k -> k.when().stream().allMatch(t -> t.holds(content)))
                            .findFirst()
                            .orElse(kinds.get(0));
                    return new Node(kind, address, host, Optional.empty(), host.file, ledger);
                }
            }
        }
        Layout.Owned owned = embedding
                .at(host.kind, key)
                .orElseThrow(() -> Failure.of(
                        Reason.MALFORMED_YAML, host.file.value(), "nothing can stand at '" + key + "' here"));
        return new Node(owned.kind(), address, host, Optional.of(owned.place()), host.file, ledger);
    }
}
