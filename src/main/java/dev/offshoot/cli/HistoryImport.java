package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.platform.NativeDocument;
import dev.offshoot.service.NativeHistory;
import dev.offshoot.store.CommitInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends the history of a native repository to a server, step by step: each changed document is one import. */
final class HistoryImport {
    /** A server takes no longer ones; of a message nobody would miss the rest. */
    private static final int LONGEST_MESSAGE = 4000;

    private static final int MOST_NAMES = 100;
    private static final Pattern ITEM = Pattern.compile("^/imports/([0-9]{1,6})");

    private final ServerArguments arguments;
    private final RemoteServer server;
    private final Console console;
    private final Map<String, TreePath> addresses = new HashMap<>();
    /** Names here of definitions whose own name another one had. */
    private final Map<String, String> names = new HashMap<>();

    private final Set<String> agreed;

    private int commits;
    private int steps;

    /** @param agreed places of what the commits of the history take away from each other */
    HistoryImport(ServerArguments arguments, Console console, Set<String> agreed) {
        this.agreed = agreed;
        this.arguments = arguments;
        this.server = new RemoteServer(arguments.server, console.environment());
        this.console = console;
    }

    /** Repeats one commit. What goes makes room for what comes, unless something that comes is the last to let go of it. */
    void step(NativeHistory.Step step) {
        steps++;
        List<String> used = step.removed().stream()
                .filter(addresses::containsKey)
                .sorted(Comparator.comparing(addresses::get))
                .filter(key -> !remove(key, step.commit()))
                .toList();
        if (step.changed().size() == 1) {
            take(step.changed().get(0), step.commit());
        } else if (!step.changed().isEmpty()) {
            takeTogether(step.changed(), step.commit());
        }
        used.stream()
                .filter(key -> !remove(key, step.commit()))
                .forEach(key -> console.note("warning: " + addresses.get(key) + " stays, others refer to it"));
    }

    private void take(NativeDocument document, CommitInfo commit) {
        String key = document.key();
        Map<String, String> parameters = attribution(commit);
        TreePath known = addresses.get(key);
        if (known == null) {
            parameters.put("mode", "create");
        } else {
            parameters.put("target", known.value());
        }
        JsonObject receipt = sendUnderSomeName(document, parameters, commit);
        TreePath address = TreePath.of(receipt.text("document").orElseThrow());
        addresses.put(key, address);
        if (receipt.get("committed").filter(JsonBoolean.TRUE::equals).isPresent()) {
            commits++;
            console.note(commit.id().value().substring(0, 10) + " " + address + ": "
                    + Console.clean(receipt.text("message").orElse("")));
        }
    }

    /** What one commit changed is one commit here, too. */
    private void takeTogether(List<NativeDocument> documents, CommitInfo commit) {
        Map<String, String> parameters = attribution(commit);
        int attempts = 0;
        while (true) {
            try {
                JsonObject receipt = (JsonObject)
                        JsonReader.read(server.post(arguments.path("/imports/together", parameters), body(documents)));
                JsonArray imports = receipt.array("imports").orElseThrow();
                for (int i = 0; i < documents.size(); i++) {
                    JsonObject one = (JsonObject) imports.get(i);
                    addresses.put(
                            documents.get(i).key(),
                            TreePath.of(one.text("document").orElseThrow()));
                }
                if (receipt.get("committed").filter(JsonBoolean.TRUE::equals).isPresent()) {
                    commits++;
                    console.note(commit.id().value().substring(0, 10) + " " + documents.size() + " definitions: "
                            + Console.clean(
                                    commit.message().strip().lines().findFirst().orElse("")));
                }
                return;
            } catch (Failure e) {
                if (!parameters.containsKey("confirm")
                        && isAgreed(e)
                        && e.details() instanceof FailureDetails.DataLoss loss) {
                    parameters.put("confirm", loss.confirm().value());
                    continue;
                }
                Matcher place = ITEM.matcher(e.problems().get(0).where());
                if (e.reason() != Reason.NAME_TAKEN || !place.find() || ++attempts > MOST_NAMES) {
                    console.note("stopped at commit " + commit.id());
                    throw e;
                }
                NativeDocument clash = documents.get(Integer.parseInt(place.group(1)));
                names.put(clash.key(), clash.name() + " (" + (attempts + 1) + ")");
            }
        }
    }

    private byte[] body(List<NativeDocument> documents) {
        List<JsonValue> items = new ArrayList<>();
        for (NativeDocument document : documents) {
            JsonObject.Builder item = JsonObject.builder();
            Optional.ofNullable(addresses.get(document.key())).ifPresent(known -> item.put("target", known.value()));
            Optional.ofNullable(names.get(document.key())).ifPresent(given -> item.put("name", given));
            items.add(item.put("document", document.document()).build());
        }
        return JsonWriter.compact(
                JsonObject.builder().put("imports", JsonArray.of(items)).build());
    }

    /** Two definitions of one repository may have the same name; here the later one gets a number. */
    private JsonObject sendUnderSomeName(NativeDocument document, Map<String, String> parameters, CommitInfo commit) {
        byte[] body = JsonWriter.compact(document.document());
        String given = names.get(document.key());
        String confirm = null;
        for (int number = 2; ; number++) {
            try {
                Map<String, String> all = new LinkedHashMap<>(parameters);
                all.put("name", given);
                all.put("confirm", confirm);
                JsonObject receipt = (JsonObject) JsonReader.read(server.post(arguments.path("/imports", all), body));
                if (given != null) {
                    names.put(document.key(), given);
                }
                return receipt;
            } catch (Failure e) {
                // What was agreed to is what the history itself takes away, and nothing that was here before.
                if (confirm == null && isAgreed(e) && e.details() instanceof FailureDetails.DataLoss loss) {
                    confirm = loss.confirm().value();
                    continue;
                }
                if (e.reason() != Reason.NAME_TAKEN || number > MOST_NAMES) {
                    console.note("stopped at " + document.name() + ", commit " + commit.id());
                    throw e;
                }
                given = document.name() + " (" + number + ")";
            }
        }
    }

    private boolean isAgreed(Failure loss) {
        return loss.problems().stream().map(Problem::where).allMatch(agreed::contains);
    }

    /** False when others still refer to it. */
    private boolean remove(String key, CommitInfo commit) {
        TreePath address = addresses.get(key);
        String path = address.segments().stream()
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        try {
            server.delete(arguments.path("/definitions/" + path, attribution(commit)));
        } catch (Failure e) {
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
            return false;
        }
        addresses.remove(key);
        names.remove(key);
        commits++;
        console.note(commit.id().value().substring(0, 10) + " " + address + ": removed");
        return true;
    }

    private static Map<String, String> attribution(CommitInfo commit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("author", commit.author().name() + " <" + commit.author().email() + ">");
        parameters.put("date", commit.when().toString());
        String message = commit.message().strip();
        if (!message.isEmpty()) {
            int end = Math.min(message.length(), LONGEST_MESSAGE);
            parameters.put("message", message.substring(0, end));
        }
        return parameters;
    }

    String summary() {
        return steps + " commits of the repository changed something; " + commits + " commits made here";
    }
}
