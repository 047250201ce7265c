package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.Optional;

/**
 * Where a detached copy came from. Kept in the ledger, so that it never makes a diff; nothing is ever brought over because of it unless
 * somebody asks.
 *
 * @param url without credentials: the type cannot hold any
 * @param commit there that the copy is like, or was last brought together with
 * @param path of the definition there, as {@link Offer#path} says
 * @param id of the definition there, where it has one
 */
public record Origin(RemoteUrl url, ObjectName commit, String path, Optional<String> id) {
    private static final TreePath FOLDER = TreePath.of("origins");

    /** File of the ledger that holds the origin of a definition. */
    static TreePath placeOf(TreePath address) {
        return FOLDER.child(address.value()).child("origin.json");
    }

    /** What a state knows of a definition's origin. */
    static Optional<Origin> of(Snapshot snapshot, TreePath address) {
        return snapshot.ledger()
                .read(placeOf(address))
                .map(content -> read((JsonObject) JsonReader.read(content.bytes())));
    }

    private static Origin read(JsonObject json) {
        return new Origin(
                RemoteUrl.parse(json.text("url").orElseThrow()),
                new ObjectName(json.text("commit").orElseThrow()),
                json.text("path").orElseThrow(),
                json.text("id"));
    }

    /** As clients see it. */
    public JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("url", url.toString())
                .put("commit", commit.value())
                .put("path", path);
        id.ifPresent(known -> json.put("id", known));
        return json.build();
    }

    Content content() {
        return Content.of(JsonWriter.compact(json()));
    }
}
