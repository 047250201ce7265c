package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.Revision;
import dev.offshoot.service.HistoryLosses;
import dev.offshoot.service.NativeHistory;
import dev.offshoot.store.CommitInfo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Send an export to a server.",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class ImportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "the export, or - for standard input; none with --from")
    private String file;

    @Mixin
    private ServerArguments server = new ServerArguments();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "update (default), create, merge or version; with --from list, create (default) or update")
    private String mode;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "one of the platform's own rules, for example new-app; see docs/platforms")
    private String rule;

    @Option(names = "--pages", paramLabel = "NAMES", description = "pages that the rule is about, separated by commas")
    private String pages;

    @Option(names = "--into-version", paramLabel = "NAME", description = "version that the rule is about")
    private String version;

    @Option(
            names = "--target",
            paramLabel = "PATH",
            description = "the definition that is meant, for example tooljet/apps/crm")
    private String target;

    @Option(names = "--name", paramLabel = "NAME", description = "import under this name")
    private String name;

    @Option(
            names = "--base",
            paramLabel = "COMMIT",
            description = "what FILE was made from: changes made on the server since then are merged or reported")
    private String base;

    @Option(
            names = "--confirm",
            paramLabel = "TOKEN",
            description =
                    "agree to the loss of data that a dry run or a refusal named; with --history, of all its commits")
    private String confirm;

    @Option(names = "--dry-run", description = "show what would happen, change nothing")
    private boolean dryRun;

    @Option(
            names = "--history",
            description = {
                "FILE is a clone of a platform's own Git repository (Appsmith, ToolJet GitSync):",
                "import every commit of its current branch, with author, date and message"
            })
    private boolean history;

    @Mixin
    private RepositoryArguments repository = new RepositoryArguments();

    @Option(names = "--json", description = "print the whole answer")
    private boolean json;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (repository.keepsHistory() && !repository.isGiven()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "--keep-history", "is for --from URL", "a clone comes with --history");
        }
        if (repository.isGiven() == (file != null)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "FILE", "give a file, or --from with the URL of a repository", "");
        }
        if (history) {
            return replay();
        }
        if (repository.isGiven()) {
            return fromRepository();
        }
        byte[] document = FilesIn.read(file, console);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("mode", mode);
        parameters.put("rule", rule);
        parameters.put("pages", pages);
        parameters.put("version", version);
        parameters.put("target", target);
        parameters.put("name", name);
        parameters.put("base", base);
        parameters.put("confirm", confirm);
        parameters.put("dry_run", dryRun ? "true" : null);
        byte[] answer = new RemoteServer(server.server, console.environment())
                .post(server.path("/imports", parameters), document);
        if (json) {
            console.out().write(answer, 0, answer.length);
            console.out().println();
        } else if (JsonReader.read(answer) instanceof JsonObject receipt) {
            tell(receipt, console.out());
        }
        return ExitCodes.FINE;
    }

    private int fromRepository() {
        if (rule != null || pages != null || version != null || base != null || history) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "--from",
                    "brings definitions as they are there",
                    "leave out --rule, --pages, --into-version, --base and --history");
        }
        Map<String, String> members = new LinkedHashMap<>();
        members.put("branch", server.branch());
        members.put("mode", mode);
        members.put("target", target);
        members.put("name", name);
        members.put("confirm", confirm);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("dry_run", dryRun ? "true" : null);
        byte[] answer = new RemoteServer(server.server, console.environment())
                .post(
                        server.pathWithoutBranch("/imports/from-repository", parameters),
                        repository.body(members, console.environment()));
        if (json || "list".equals(mode)) {
            console.out().write(answer, 0, answer.length);
            console.out().println();
        } else if (JsonReader.read(answer) instanceof JsonObject all) {
            all.array("imports").ifPresent(imports -> imports.forEach(one -> tell((JsonObject) one, console.out())));
            if (repository.keepsHistory()) {
                console.out()
                        .println((dryRun ? "not done: branch " : "branch ")
                                + all.text("branch").orElseThrow() + ", "
                                + all.get("commits").orElseThrow() + " commits");
            }
            console.out()
                    .println(
                            all.text("commit").map(commit -> "commit " + commit).orElse("not done"));
        }
        return ExitCodes.FINE;
    }

    private int replay() {
        if (mode != null || target != null || name != null || dryRun || json) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "--history",
                    "brings whole commits, as they were",
                    "leave out --mode, --target, --name, --dry-run and --json");
        }
        Optional<ConfirmToken> agreed = Optional.ofNullable(confirm).map(ConfirmToken::new);
        try (NativeHistory commits = NativeHistory.open(Path.of(file))) {
            LayoutEngine engine = new LayoutEngine(Layouts.bundled());
            HistoryRoom.require(
                    commits,
                    Revision.DEFAULT,
                    engine,
                    after -> new RemoteServer(server.server, console.environment())
                            .get(server.path(
                                    "/definitions",
                                    after.map(a -> Map.of("after", a)).orElse(Map.of()))));
            Set<String> losses = HistoryLosses.requireConsent(commits, Revision.DEFAULT, engine, agreed);
            HistoryImport target = new HistoryImport(server, console, losses);
            Map<CommitInfo, Failure> unreadable = commits.replay(Revision.DEFAULT, target::step);
            unreadable.forEach((commit, why) ->
                    console.note("warning: passed over " + commit.id() + ": " + Console.clean(why.getMessage())));
            console.out().println(target.summary());
        }
        return ExitCodes.FINE;
    }

    private void tell(JsonObject receipt, PrintStream out) {
        String message = receipt.text("message").filter(m -> !m.isEmpty()).orElse("nothing changed");
        out.println(Console.clean(message));
        boolean moved =
                receipt.get("committed").filter(JsonBoolean.FALSE::equals).isEmpty();
        receipt.text("commit").ifPresent(commit -> out.println((moved ? "commit " : "still at commit ") + commit));
        receipt.text("fingerprint").ifPresent(print -> out.println("not done; fingerprint " + print));
        receipt.array("definitions")
                .ifPresent(all -> all.forEach(d -> {
                    if (d instanceof JsonObject o) {
                        out.println("  " + o.text("action").orElse("") + " "
                                + Console.clean(o.text("address").orElse("")));
                    }
                }));
        receipt.array("removals").ifPresent(all -> all.forEach(r -> removal((JsonObject) r, out)));
        receipt.text("confirm").ifPresent(token -> out.println("  data would be lost; to agree: --confirm " + token));
        receipt.array("warnings").filter(w -> !w.isEmpty()).ifPresent(this::warn);
    }

    private static void removal(JsonObject removal, PrintStream out) {
        removal.text("grade")
                .filter(Removal.Grade.DATA_LOSS.word()::equals)
                .ifPresent(grade -> out.println("  " + grade + " "
                        + Console.clean(removal.text("address").orElse("")
                                + removal.text("field").map(f -> "#" + f).orElse("")
                                + " " + removal.text("message").orElse(""))));
    }

    private void warn(JsonArray warnings) {
        warnings.items().stream().limit(20).forEach(w -> {
            if (w instanceof JsonObject o) {
                console.err()
                        .println("warning: "
                                + Console.clean(o.text("pointer").orElse("") + ": "
                                        + o.text("message").orElse("")));
            }
        });
    }
}
