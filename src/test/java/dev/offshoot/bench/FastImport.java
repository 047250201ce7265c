package dev.offshoot.bench;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code git fast-import} of a ready stream: the quickest way that stock Git has to make many files a commit. */
final class FastImport {
    private final Path stream;

    private FastImport(Path stream) {
        this.stream = stream;
    }

    /** Writes the stream: one commit with these files. */
    static FastImport of(FileTree files, Path stream) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(stream))) {
            text(out, "commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 4\nAll\n");
            for (Map.Entry<TreePath, Content> file : files.files().entrySet()) {
                text(
                        out,
                        "M 100644 inline " + file.getKey() + "\ndata "
                                + file.getValue().size() + "\n");
                out.write(file.getValue().bytes());
                text(out, "\n");
            }
        }
        return new FastImport(stream);
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes an empty bare repository: not part of what is measured. */
    static Path repository() throws Exception {
        Path folder = Folders.fresh("fast-import");
        git(folder, List.of("init", "-q", "--bare", ".")).start().waitFor();
        return folder;
    }

    /** Imports; returns the repository. */
    Path into(Path repository) throws Exception {
        Process git = git(repository, List.of("fast-import", "--quiet"))
                .redirectInput(stream.toFile())
                .inheritIO()
                .redirectInput(stream.toFile())
                .start();
        if (git.waitFor() != 0) {
            throw new IllegalStateException("git fast-import failed");
        }
        return repository;
    }

    /** Name of the tree that the branch has. */
    static String tree(Path repository) throws Exception {
        Process git = git(repository, List.of("rev-parse", "main^{tree}")).start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    static ProcessBuilder git(Path folder, List<String> arguments) {
        ProcessBuilder git = new ProcessBuilder().directory(folder.toFile());
        git.command().add("git");
        git.command().addAll(arguments);
        git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        git.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        return git;
    }
}
