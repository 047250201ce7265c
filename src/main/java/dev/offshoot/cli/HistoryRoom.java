package dev.offshoot.cli;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.NativeHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Refuses a history whose definitions are on the server already: repeating it would make copies of them. */
final class HistoryRoom {
    private static final int MOST = 20;

    /** A definition as its folder and its name say. */
    private record Named(TreePath folder, String name) {}

    private HistoryRoom() {}

    /**
     * Requires that nothing which the history ever held is there, under any name that it had on the way.
     *
     * @param list the server's list of definitions after an address, or from the beginning
     * @throws Failure {@code NAME_TAKEN} with each that is there
     */
    static void require(
            NativeHistory history, Revision revision, LayoutEngine engine, Function<Optional<String>, byte[]> list) {
        Map<Named, String> here = new HashMap<>();
        Optional<String> after = Optional.empty();
        do {
            JsonObject page = (JsonObject) JsonReader.read(list.apply(after));
            page.array("definitions").orElseThrow().forEach(item -> {
                JsonObject definition = (JsonObject) item;
                TreePath address = TreePath.of(definition.text("address").orElseThrow());
                here.put(new Named(address.parent(), definition.text("name").orElse("")), address.value());
            });
            after = page.text("next");
        } while (after.isPresent());
        Set<String> taken = new TreeSet<>();
        history.replay(
                revision,
                step -> step.changed().stream()
                        .flatMap(document -> engine.mains(document.document()).stream())
                        .filter(DefinitionHeader::main)
                        .map(main -> here.get(new Named(main.folder(), main.name())))
                        .filter(address -> address != null)
                        .forEach(taken::add));
        if (!taken.isEmpty()) {
            throw refusal(taken);
        }
    }

    private static Failure refusal(Set<String> taken) {
        List<Problem> problems = new ArrayList<>();
        taken.stream()
                .limit(MOST)
                .forEach(address -> problems.add(new Problem(
                        Reason.NAME_TAKEN,
                        address,
                        "is here already: with its history it would come a second time, as a copy",
                        problems.isEmpty()
                                ? "name a branch (--branch) or workspace (-w) that does not have it; or bring only the newest state: explode"
                                        + " the clone, assemble, and import the document with --target " + address
                                : "")));
        return new Failure(problems);
    }
}
