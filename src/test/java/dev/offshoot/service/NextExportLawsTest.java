package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.MemorySource;
import dev.offshoot.layout.Reassembly;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TreeEdits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law of exports that are made from the last one: they are, byte for byte, what putting everything together gives. */
class NextExportLawsTest {
    private static final UUID WORKSPACE = new UUID(3, 4);

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
    private int answered;
    private int asked;

    /** An export with what the next one is made from. */
    private record Written(ExportedDocument.Pieces document, Spots spots, Reassembly assembly) {}

    @Test
    void whateverIsEditedInTheTree() {
        chains(GeneratedApp.document(60, 5), 25, 12);
        chains(Sample.crm(), 25, 12);
        // Most single edits are of records that can be replaced.
        assertThat(answered).isGreaterThan(asked / 3).isLessThan(asked);
    }

    @Test
    void whateverIsImported(@TempDir Path data) {
        String components = "/app/0/definition/appV2/components";
        JsonValue document = GeneratedApp.document(40, 7);
        try (LocalWorkspace workspace = new LocalWorkspace(data)) {
            for (int round = 0; round < 8; round++) {
                TreePath address = workspace.add(document).plan().document();
                assertThat(JsonReader.read(export(workspace, address).getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(workspace.stored(document));
                String component = components + "/" + round;
                document = round % 3 == 2
                        ? Edits.set(document, component + "/name", new JsonString("renamed" + round))
                        : Edits.set(document, component + "/properties", new JsonString("round " + round));
            }
        }
    }

    private static String export(LocalWorkspace workspace, TreePath address) {
        return text(workspace
                .use
                .exportDefinition()
                .run(
                        new DefinitionRequest(new WorkspaceName("team"), Revision.DEFAULT, address),
                        new ExportDefinition.Part(Optional.empty(), Optional.empty()),
                        tag -> false)
                .document()
                .orElseThrow());
    }

    private void chains(JsonValue document, int chains, int steps) {
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        for (int seed = 0; seed < chains; seed++) {
            chain(exploded, new TreeEdits(seed), steps);
        }
    }

    /** Edits one after the other, each export made from that before while that is possible. */
    private void chain(Exploded exploded, TreeEdits edits, int steps) {
        FileTree before = exploded.files();
        Written last = whole(exploded, before);
        for (int step = 0; step < steps; step++) {
            FileTree now = edits.change(before, 1 + step % 3);
            Optional<String> whole = text(exploded, now);
            Optional<Written> next = next(last, before, now);
            asked++;
            if (next.isPresent()) {
                answered++;
                assertThat(text(next.get().document())).isEqualTo(whole.orElse("nothing: it cannot be put together"));
                last = next.get();
                before = now;
            } else if (whole.isPresent()) {
                last = whole(exploded, now);
                before = now;
            }
        }
    }

    private Optional<Written> next(Written last, FileTree before, FileTree now) {
        List<TreePath> changed = new ArrayList<>();
        now.forEach((path, content) -> {
            if (!before.find(path).equals(Optional.of(content))) {
                changed.add(path);
            }
        });
        if (!now.paths().containsAll(before.paths())) {
            return Optional.empty();
        }
        return last.assembly()
                .next(new MemorySource(now), changed)
                .filter(values -> values.keySet().stream().allMatch(last.spots()::has))
                .map(values -> {
                    Spots.Edited edited = last.spots().replace(last.document(), values);
                    return new Written(edited.document(), edited.spots(), last.assembly());
                });
    }

    private Written whole(Exploded exploded, FileTree files) {
        Reassembly.Start start =
                engine.start(new MemorySource(files), exploded.ledger(), exploded.document(), WORKSPACE, Selection.ALL);
        List<Written> written = new ArrayList<>();
        // Where nothing can be replaced, nothing is.
        Reassembly none = engine.start(
                        new MemorySource(exploded.files()),
                        exploded.ledger(),
                        exploded.document(),
                        WORKSPACE,
                        Selection.ALL)
                .next()
                .orElseThrow();
        ExportedDocument document = ExportedDocument.of(
                start.assembled().document(),
                Long.MAX_VALUE,
                (pieces, places) -> written.add(new Written(
                        pieces,
                        start.next().isPresent()
                                ? Spots.of(start.next().get().numbers(), places)
                                : Spots.of(Map.of(), List.of()),
                        start.next().orElse(none))));
        text(document);
        return written.get(0);
    }

    private Optional<String> text(Exploded exploded, FileTree files) {
        try {
            JsonValue document = engine.assemble(
                            new MemorySource(files), exploded.ledger(), exploded.document(), WORKSPACE, Selection.ALL)
                    .document();
            return Optional.of(new String(JsonWriter.pretty(document), StandardCharsets.UTF_8));
        } catch (Failure broken) {
            return Optional.empty();
        }
    }

    private static String text(ExportedDocument document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            document.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(ExportedDocument.Pieces pieces) {
        return text(ExportedDocument.written(pieces));
    }
}
