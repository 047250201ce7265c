package dev.offshoot.vault;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The sealed secrets of one workspace, as they are written: JSON with names and key ids in the clear.
 *
 * @param secrets at most {@value #MAX_SECRETS}
 * @param unused since when some of them belong to nothing that is there; none for the others
 */
record VaultFile(UUID workspace, SortedMap<SecretName, Sealed> secrets, SortedMap<SecretName, Instant> unused) {
    static final int MAX_SECRETS = 10_000;
    private static final String FORMAT = "2";
    /** Without ids and times; read and no longer written. */
    private static final String FIRST_FORMAT = "1";

    private static final Limits LIMITS = Limits.DEFAULT.withMaxDepth(4).withMaxValues(8 * MAX_SECRETS);

    VaultFile {
        if (secrets.size() > MAX_SECRETS) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED,
                    "",
                    "a workspace would have more than the limit of " + MAX_SECRETS + " secrets");
        }
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        SortedMap<SecretName, Instant> idle = new TreeMap<>(unused);
        idle.keySet().retainAll(secrets.keySet());
        unused = Collections.unmodifiableSortedMap(idle);
    }

    static VaultFile empty(UUID workspace) {
        return new VaultFile(workspace, new TreeMap<>(), new TreeMap<>());
    }

    /** The same place with other secrets. A value that is set is of use again. */
    VaultFile with(SortedMap<SecretName, Sealed> changed) {
        SortedMap<SecretName, Instant> idle = new TreeMap<>(unused);
        idle.keySet().removeIf(name -> !Objects.equals(changed.get(name), secrets.get(name)));
        return new VaultFile(workspace, changed, idle);
    }

    /**
     * Reads what {@link #toBytes} wrote, and nothing else.
     *
     * @throws Failure {@code STORAGE} when it is damaged, {@code NEWER_VERSION} when a later Offshoot wrote it
     */
    static VaultFile read(UUID workspace, byte[] bytes) {
        JsonObject file;
        try {
            file = JsonReader.read(bytes, LIMITS) instanceof JsonObject o ? o : JsonObject.EMPTY;
        } catch (Failure e) {
            throw VaultProblems.damaged(workspace, "not the JSON that was written", e);
        }
        String format = file.text("format").orElse("");
        if (!format.equals(FORMAT) && !format.equals(FIRST_FORMAT)) {
            if (format.matches("[0-9]{1,9}")) {
                throw Failure.of(
                        Reason.NEWER_VERSION,
                        "",
                        "the secrets of workspace " + workspace + " have format " + format
                                + ", this Offshoot reads up to " + FORMAT,
                        "use the Offshoot that wrote them, or a later one");
            }
            throw VaultProblems.damaged(workspace, "no format is named", null);
        }
        try {
            return new VaultFile(workspace, secrets(workspace, file), unused(file));
        } catch (Failure | IllegalArgumentException | DateTimeException e) {
            throw VaultProblems.damaged(workspace, "a name, a key or a value is not one", e);
        }
    }

    private static SortedMap<SecretName, Sealed> secrets(UUID workspace, JsonObject file) {
        if (!file.text("workspace").equals(Optional.of(workspace.toString()))) {
            throw new IllegalArgumentException("they are another workspace's");
        }
        SortedMap<SecretName, Sealed> secrets = new TreeMap<>();
        for (JsonValue value : file.array("secrets").orElseThrow(() -> new IllegalArgumentException("no secrets"))) {
            JsonObject entry = value instanceof JsonObject o ? o : JsonObject.EMPTY;
            SecretName name = name(entry);
            byte[] nonce = Base64.getDecoder().decode(text(entry, "nonce"));
            byte[] content = Base64.getDecoder().decode(text(entry, "sealed"));
            if (nonce.length != Sealed.NONCE_BYTES || content.length < Sealed.TAG_BYTES) {
                throw new IllegalArgumentException("too short");
            }
            if (secrets.put(name, new Sealed(new KeyId(text(entry, "key")), nonce, content)) != null) {
                throw new IllegalArgumentException("twice the same name");
            }
        }
        return secrets;
    }

    private static SortedMap<SecretName, Instant> unused(JsonObject file) {
        SortedMap<SecretName, Instant> unused = new TreeMap<>();
        for (JsonValue value : file.array("secrets").orElse(JsonArray.EMPTY)) {
            if (value instanceof JsonObject entry && entry.has("unused")) {
                unused.put(name(entry), Instant.parse(text(entry, "unused")));
            }
        }
        return unused;
    }

    private static SecretName name(JsonObject entry) {
        Optional<RecordId> record =
                entry.has("record") ? Optional.of(new RecordId(text(entry, "record"))) : Optional.empty();
        return new SecretOwner(TreePath.of(text(entry, "address")), record).name(text(entry, "field"));
    }

    private static JsonObject.Builder named(SecretName name) {
        JsonObject.Builder entry = JsonObject.builder()
                .put("address", name.address().value())
                .put("field", name.field().value());
        name.owner().record().ifPresent(id -> entry.put("record", id.value()));
        return entry;
    }

    private static String text(JsonObject entry, String member) {
        return entry.text(member).orElseThrow(() -> new IllegalArgumentException("no " + member));
    }

    /** @throws Failure {@code LIMIT_EXCEEDED} when it could not be read again */
    byte[] toBytes() {
        return toBytes(List.of());
    }

    /** The same as changes of another one: these are set, the others removed. */
    byte[] toBytes(Collection<SecretName> removed) {
        List<JsonValue> entries = new ArrayList<>(secrets.size());
        secrets.forEach((name, secret) -> {
            JsonObject.Builder entry = named(name)
                    .put("key", secret.key().value())
                    .put("nonce", Base64.getEncoder().encodeToString(secret.nonce()))
                    .put("sealed", Base64.getEncoder().encodeToString(secret.content()));
            if (unused.containsKey(name)) {
                entry.put("unused", unused.get(name).toString());
            }
            entries.add(entry.build());
        });
        JsonObject.Builder file = JsonObject.builder()
                .put("format", FORMAT)
                .put("workspace", workspace.toString())
                .put("secrets", JsonArray.of(entries));
        if (!removed.isEmpty()) {
            file.put(
                    "removed",
                    JsonArray.of(
                            removed.stream().map(name -> named(name).build()).toList()));
        }
        byte[] bytes = JsonWriter.pretty(file.build());
        if (bytes.length > LIMITS.maxBytes()) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED,
                    "",
                    "the secrets of a workspace would take more than the limit of " + LIMITS.maxBytes() + " bytes");
        }
        return bytes;
    }

    /** What changes of {@link #toBytes(Collection)} remove. */
    static List<SecretName> removedBy(byte[] bytes) {
        List<SecretName> removed = new ArrayList<>();
        if (JsonReader.read(bytes, LIMITS) instanceof JsonObject file) {
            for (JsonValue value : file.array("removed").orElse(JsonArray.EMPTY)) {
                removed.add(name(value instanceof JsonObject entry ? entry : JsonObject.EMPTY));
            }
        }
        return removed;
    }
}
