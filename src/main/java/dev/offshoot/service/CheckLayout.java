package dev.offshoot.service;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.MemorySource;
import dev.offshoot.layout.Selection;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tries a layout out on real exports: which files it makes of them, and whether they come back. */
public final class CheckLayout {
    private static final int MOST_REPORTED = 10;

    private final LayoutEngine engine;
    private final Layouts others;

    /**
     * @param file name of the layout's file, for messages
     * @throws dev.offshoot.model.Failure {@code INVALID_LAYOUT} or {@code MALFORMED_YAML} with file, line and reason
     */
    public CheckLayout(String file, byte[] layout) {
        this.engine = new LayoutEngine(Layouts.only(file, layout));
        this.others = Layouts.bundled();
    }

    public String platform() {
        return engine.layouts().platforms().get(0);
    }

    /** Names of the layout's kinds. */
    public List<String> kinds() {
        return engine.layouts().kinds(platform());
    }

    /**
     * What became of one export.
     *
     * @param document address of the document
     * @param files number of lines of each file
     * @param withheld places of what is stored nowhere
     * @param lost what differs in the document put together from files and ledger: nothing, or the layout does not fit
     * @param otherTree files that differ in the tree of the document put together from the files alone: none, or the same
     * @param alone what differs in that document, which nobody can tell from the files: ids, times, orders without meaning
     * @param others other layouts that recognise the export too, of which the first known would take it
     */
    public record Report(
            TreePath document,
            Map<TreePath, Integer> files,
            List<Problem> findings,
            List<String> withheld,
            List<String> lost,
            List<TreePath> otherTree,
            List<String> alone,
            List<String> others) {
        public boolean isFine() {
            return lost.isEmpty() && otherTree.isEmpty();
        }
    }

    /**
     * Takes an export apart and puts it together, with the ledger and without.
     *
     * @throws dev.offshoot.model.Failure when the export cannot be read, or the layout does not recognise it
     */
    public Report run(byte[] export) {
        JsonValue document = JsonReader.read(export);
        if (engine.layouts().recognising(document).isEmpty()) {
            throw Failure.of(
                    Reason.UNKNOWN_PLATFORM,
                    "",
                    "the layout does not recognise this export",
                    "all tests of one alternative of recognise have to hold");
        }
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        MemorySource files = new MemorySource(exploded.files());
        JsonValue back = assemble(files, Ledger.fromFiles(exploded.ledger().toFiles()), exploded);
        JsonValue alone = assemble(files, Ledger.EMPTY, exploded);
        Map<TreePath, Integer> lines = new LinkedHashMap<>();
        exploded.files().forEach((path, content) -> lines.put(path, lines(content)));
        return new Report(
                exploded.document(),
                lines,
                exploded.findings(),
                exploded.withheld(),
                differing(exploded.expected(), back),
                differing(
                        exploded.files(),
                        engine.explode(alone, KnownDefinitions.NONE).files()),
                differing(exploded.expected(), alone),
                others.recognising(document).stream()
                        .filter(p -> !p.equals(platform()))
                        .toList());
    }

    private JsonValue assemble(TreeSource files, Ledger ledger, Exploded exploded) {
        return engine.assemble(files, ledger, exploded.document(), ExplodeToFolder.NAMESPACE, Selection.ALL)
                .document();
    }

    private static List<String> differing(JsonValue expected, JsonValue actual) {
        return Differences.between(expected, actual, MOST_REPORTED).stream()
                .map(d -> (d.pointer().isEmpty() ? "the document" : d.pointer()) + " " + d.what())
                .toList();
    }

    private static int lines(Content content) {
        int lines = 0;
        for (byte b : content.bytes()) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static List<TreePath> differing(FileTree a, FileTree b) {
        TreeSet<TreePath> all = new TreeSet<>(a.files().keySet());
        all.addAll(b.files().keySet());
        return all.stream().filter(p -> !a.find(p).equals(b.find(p))).toList();
    }
}
