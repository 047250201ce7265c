package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Set a remote, or change it.",
        footer = {
            "",
            "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names.",
            "Its password comes from OFFSHOOT_REMOTE_PASSWORD, from the file that OFFSHOOT_REMOTE_PASSWORD_FILE names, or with",
            "--password-stdin from standard input; without any, it stays as it is while URL and user do."
        })
final class RemotesSetCommand implements Callable<Integer> {
    private final Console console;
    private static final String PASSWORD = "OFFSHOOT_REMOTE_PASSWORD";
    private static final String PASSWORD_FILE = "OFFSHOOT_REMOTE_PASSWORD_FILE";
    /** More is no password. */
    private static final int LONGEST_PASSWORD = 64 * 1024;

    @Parameters(index = "0", paramLabel = "NAME", description = "name of the remote")
    private String name;

    @Parameters(index = "1", paramLabel = "URL", description = "of the repository, without user and password")
    private String url;

    @Option(names = "--user", paramLabel = "USER", description = "shown to the other server; any for a token")
    private String user;

    @Option(names = "--password-stdin", description = "read the password from standard input")
    private boolean passwordFromInput;

    @ArgGroup
    private Published published = new Published();

    /** What is published by itself. */
    private static final class Published {
        @Option(
                names = "--publish",
                paramLabel = "BRANCH",
                description = "push this branch after each commit; repeatable")
        private List<String> branches;

        @Option(names = "--publish-all", description = "push every branch after each commit")
        private boolean all;

        @Option(names = "--publish-none", description = "push only when somebody asks")
        private boolean none;
    }

    @Mixin
    private WorkspaceArguments server = new WorkspaceArguments();

    RemotesSetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonObject.Builder body = JsonObject.builder().put("url", url);
        if (user != null) {
            body.put("user", user);
        }
        password().ifPresent(password -> body.put("password", password));
        if (published.all) {
            body.put("publish", "all");
        } else if (published.none || published.branches != null) {
            body.put(
                    "publish",
                    JsonArray.of(Optional.ofNullable(published.branches).orElse(List.of()).stream()
                            .map(branch -> new JsonString(new BranchName(branch).value()))
                            .toList()));
        }
        byte[] answer = new RemoteServer(server.server, console.environment())
                .put(server.path("/remotes/" + new RemoteName(name)), JsonWriter.compact(body.build()));
        RemotesText.lines((JsonObject) JsonReader.read(answer)).forEach(console.out()::println);
        return ExitCodes.FINE;
    }

    /** Never an argument, which others on the machine could read. */
    private Optional<String> password() {
        String file = console.environment().getOrDefault(PASSWORD_FILE, "");
        try {
            if (passwordFromInput) {
                byte[] input = console.in().readNBytes(LONGEST_PASSWORD);
                return Optional.of(withoutLineEnd(new String(input, StandardCharsets.UTF_8)));
            }
            return file.isEmpty()
                    ? Optional.ofNullable(console.environment().get(PASSWORD)).filter(text -> !text.isEmpty())
                    : Optional.of(withoutLineEnd(Files.readString(Path.of(file))));
        } catch (IOException e) {
            throw new Failure(
                    Problem.of(Reason.STORAGE, passwordFromInput ? "standard input" : PASSWORD_FILE, "cannot be read"),
                    e);
        }
    }

    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\R\\z", "");
    }
}
