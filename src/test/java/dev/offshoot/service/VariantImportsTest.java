package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Twin;
import dev.offshoot.testing.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants of our documents through a workspace: they come out as they went in, again they make no commit, and so does the same from elsewhere. */
class VariantImportsTest {
    @TempDir
    Path data;

    @Test
    void comeOutAsTheyWentInAndMakeNoCommitTwice() throws IOException {
        List<String> broken = new ArrayList<>();
        int n = 0;
        for (String file : List.of(
                "golden/envelope-app-list/input.json",
                "golden/envelope-flat/input.json",
                "golden/module-used-twice/input.json",
                "golden/pages-in-a-map/input.json",
                "golden/query-folders/input.json",
                "golden/workflow/input.json",
                "golden/n8n-workflow/input.json",
                "golden/nodered-flows/input.json",
                "appsmith/two-layouts.json",
                "appbuilder/shed-phone.json",
                "sample/pickup-reminder.json")) {
            JsonValue document = JsonReader.read(Files.readAllBytes(Path.of("src/test/resources/" + file)));
            Variants variants = new Variants(document);
            for (long seed = 300; seed < 308; seed++) {
                Optional<Variants.Variant> variant = variants.of(seed);
                if (variant.isPresent()) {
                    String name = file + ", seed " + seed + " [" + variant.get().done() + "]";
                    outcome(data.resolve("w" + n++), document, variant.get())
                            .ifPresent(b -> broken.add(name + ": " + b));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** What is wrong with a variant in a workspace of its own. */
    static Optional<String> outcome(Path folder, JsonValue original, Variants.Variant variant) {
        try (LocalWorkspace workspace = new LocalWorkspace(folder)) {
            return outcome(workspace, original, variant);
        } catch (Failure refused) {
            return Optional.of("refused " + refused.problems().get(0).reason() + " "
                    + refused.problems().get(0));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("crash " + e + " "
                    + List.of(e.getStackTrace()).stream().limit(5).toList());
        }
    }

    private static Optional<String> outcome(LocalWorkspace workspace, JsonValue original, Variants.Variant variant) {
        JsonValue document = variant.document();
        TreePath address;
        try {
            address = workspace.add(document).plan().document();
        } catch (Failure refused) {
            // With a reason that is not our own fault.
            return refused.problems().stream()
                    .filter(p -> List.of(
                                    Reason.NOT_LOSSLESS,
                                    Reason.STORAGE,
                                    Reason.UNRESOLVED_REFERENCE,
                                    Reason.MALFORMED_YAML)
                            .contains(p.reason()))
                    .findFirst()
                    .map(p -> "import " + p.reason() + " " + p);
        }
        if (address.segments().size() == 1 && !workspace.engine.isWide(address)) {
            return Optional.empty(); // rows of several definitions or of none: there is no export of just them
        }
        JsonValue stored = workspace.stored(document);
        List<String> found = SameJson.differences(stored, workspace.export(address));
        if (!found.isEmpty()) {
            return Optional.of("export " + found);
        }
        if (workspace.add(document).moved()) {
            return Optional.of("a second import made a commit");
        }
        boolean twins = workspace.engine.explode(document, KnownDefinitions.NONE).findings().stream()
                .anyMatch(f -> f.reason() == Reason.DUPLICATE_ID);
        Optional<JsonValue> twin = !variant.likely() || twins ? Optional.empty() : twin(address, document);
        if (twin.isPresent()) {
            Receipt receipt = workspace.add(twin.get());
            if (receipt.moved()) {
                return Optional.of("the same from another instance made a commit: "
                        + receipt.plan().message());
            }
            found = SameJson.differences(workspace.stored(twin.get()), workspace.export(address));
            if (!found.isEmpty()) {
                return Optional.of("export of the same from another instance " + found);
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonValue> twin(TreePath address, JsonValue document) {
        return switch (address.segments().get(0)) {
            case "tooljet" -> Optional.of(Twin.ofToolJet(document, 5));
            case "appsmith" -> Optional.of(AppsmithDocs.twin((JsonObject) document, 5));
            default -> Optional.empty();
        };
    }

    /** {@code SECONDS FIRST-SEED FOLDER FILE…}: many more, grouped. */
    public static void main(String[] args) throws IOException {
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
        Map<String, List<String>> causes = new TreeMap<>();
        Map<String, JsonValue> documents = new TreeMap<>();
        for (int i = 3; i < args.length; i++) {
            try {
                documents.put(args[i], JsonReader.read(Files.readAllBytes(Path.of(args[i]))));
            } catch (Failure broken) {
                System.out.println("not read " + args[i]);
            }
        }
        int done = 0;
        for (long seed = Long.parseLong(args[1]); System.nanoTime() < end; seed++) {
            for (Map.Entry<String, JsonValue> e : documents.entrySet()) {
                Optional<Variants.Variant> variant = new Variants(e.getValue()).of(seed);
                if (variant.isPresent() && System.nanoTime() < end) {
                    String name =
                            e.getKey() + " seed " + seed + " [" + variant.get().done() + "]";
                    Path folder = Path.of(args[2]).resolve("w" + done++);
                    outcome(folder, e.getValue(), variant.get())
                            .ifPresent(b -> causes.computeIfAbsent(
                                            b.replaceAll("[0-9a-f-]{36}", "ID").replaceAll("\\d+", "N"),
                                            k -> new ArrayList<>())
                                    .add(name + ": " + b));
                    deleteAll(folder);
                }
            }
        }
        System.out.println(done + " variants of " + documents.size() + " documents imported");
        causes.forEach((k, v) -> System.out.println(v.size() + " x " + v.get(0)));
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(p -> p.toFile().delete());
        }
    }
}
