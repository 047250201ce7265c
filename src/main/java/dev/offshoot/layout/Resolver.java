package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** References to ids: the ledger's, or deterministic ones for what it does not know. */
final class Resolver {
    /** Namespace of everything assembled without a workspace. */
    private final UUID namespace;

    private final Layout layout;
    private final TreeSource source;
    private final NodeReader nodes;
    private final Map<String, String> symbols;

    private final Optional<Checkup> checkup;

    /** @param checkup is told of references to nothing, which are refused otherwise */
    Resolver(
            Layout layout,
            TreeSource source,
            NodeReader nodes,
            UUID namespace,
            Map<String, String> symbols,
            Optional<Checkup> checkup) {
        this.checkup = checkup;
        this.layout = layout;
        this.source = source;
        this.nodes = nodes;
        this.namespace = namespace;
        this.symbols = new ConcurrentHashMap<>(symbols);
    }

    /** Id of a node: from the ledger, from its content, or made from its definition's id and its path. */
    String idOf(Node node) {
        if (node.id == null) {
            node.id = compute(node); // every thread comes to the same
        }
        return node.id;
    }

    private String compute(Node node) {
        Kind.Identity identity = node.kind.identity();
        if (identity.isKey()) {
            if (node.kind.writesKey() && node.key.isPresent()) {
                return Symbols.plain(node.key.get());
            }
            Optional<String> key =
                    Optional.ofNullable(node.entry.facts().get("$key")).flatMap(Values::text);
            return key.orElseGet(() -> made(node));
        }
        if (identity.at().isEmpty()) {
            return "";
        }
        Pointer at = identity.at().get();
        Optional<String> known = identity.instance()
                ? Optional.ofNullable(node.entry.facts().get(at.toString())).flatMap(Values::text)
                : at.get(node.content).flatMap(Values::text);
        if (known.isPresent() || node.known) {
            return known.orElse("");
        }
        return made(node);
    }

    private String made(Node node) {
        IdShape shape = layout.ids().orElse(IdShape.UUID);
        Node definition = node.definition();
        if (node == definition) {
            return Ids.of(shape, namespace, node.address);
        }
        String own = idOf(definition);
        UUID inner = Ids.uuid5(namespace, own.isEmpty() ? definition.address : own);
        return Ids.of(shape, inner, node.address.substring(definition.address.length()));
    }

    String symbol(String name) {
        return symbols.computeIfAbsent(name, n -> Ids.of(layout.ids().orElse(IdShape.UUID), namespace, ":" + n));
    }

    /**
     * The text of a file with its references resolved.
     *
     * @param shared receives addresses outside the file's definition
     */
    String decode(Node from, String text, Set<String> shared) {
        if (!Symbols.isIn(text)) {
            return text;
        }
        return Symbols.decode(text, reference -> resolve(from.scope(layout), from.file, reference, shared));
    }

    /** A node's value with its references resolved; empty when one of them leads out of what has been read, or to nothing. */
    Optional<JsonObject> decodeWithin(Node from, JsonObject content) {
        try {
            return Optional.of((JsonObject) Symbols.map(
                    content, text -> Symbols.isIn(text) ? Symbols.decode(text, r -> within(from, r)) : text));
        } catch (Elsewhere e) {
            return Optional.empty();
        }
    }

    private String within(Node from, String reference) {
        if (reference.startsWith(":")) {
            return symbol(reference.substring(1));
        }
        if (reference.startsWith("/")) {
            throw Elsewhere.HERE;
        }
        return from.scope(layout)
                .read(reference)
                .flatMap(nodes::known)
                .map(this::idOf)
                .orElseThrow(() -> Elsewhere.HERE);
    }

    private static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Elsewhere HERE = new Elsewhere();

        private Elsewhere() {
            super(null, null, false, false);
        }
    }

    String resolve(Scope scope, TreePath file, String reference, Set<String> shared) {
        if (reference.startsWith(":")) {
            return symbol(reference.substring(1));
        }
        Optional<Node> target = scope.read(reference).flatMap(nodes::node);
        if (target.isEmpty()) {
            Problem problem = new Problem(
                    Reason.UNRESOLVED_REFERENCE,
                    file + ":" + line(file, reference),
                    "@{" + reference + "} refers to nothing",
                    "correct the path, or restore the file it names");
            if (checkup.isEmpty()) {
                throw new Failure(problem);
            }
            checkup.get().found(problem);
            return "";
        }
        if (reference.startsWith("/")) {
            shared.add(target.get().definition().address);
        }
        return idOf(target.get());
    }

    private int line(TreePath file, String reference) {
        String text = source.read(file).utf8();
        int at = text.indexOf("@{" + reference);
        return at < 0
                ? 1
                : 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    static Set<String> newSet() {
        return new LinkedHashSet<>();
    }
}
