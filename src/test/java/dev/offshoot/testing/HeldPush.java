package dev.offshoot.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository of a Git host whose next push waits, with all its objects there, until a test decides what becomes of it. */
public final class HeldPush implements AutoCloseable {
    private final Path hook;
    private final Path entered;
    private final Path go;
    private boolean waiting;

    private HeldPush(Path hook, Path entered, Path go) {
        this.hook = hook;
        this.entered = entered;
        this.go = go;
    }

    public static HeldPush at(Path repository) {
        try {
            Path entered = repository.resolve("entered");
            Path go = repository.resolve("go");
            new ProcessBuilder("mkfifo", entered.toString(), go.toString())
                    .start()
                    .waitFor();
            Path hook = repository.resolve("hooks/pre-receive");
            Files.createDirectories(hook.getParent());
            // Two pipes: each side waits for the other one, and nobody looks at a clock.
            Files.writeString(
                    hook,
                    "#!/bin/sh\necho in > '" + entered + "'\nread answer < '" + go + "'\ntest \"$answer\" = yes\n");
            if (!hook.toFile().setExecutable(true)) {
                throw new IOException("the hook cannot be run");
            }
            return new HeldPush(hook, entered, go);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the host has received everything and has moved nothing. */
    public void awaitPush() throws IOException {
        try (InputStream in = Files.newInputStream(entered)) {
            in.readAllBytes();
        }
        waiting = true;
    }

    /** Lets it go on, and waits for nothing. */
    public void release(boolean accepted) throws IOException {
        Files.deleteIfExists(hook); // for those that come later
        waiting = false;
        try (OutputStream out = Files.newOutputStream(go)) {
            out.write(accepted ? "yes\n".getBytes() : "no\n".getBytes());
        }
    }

    @Override
    public void close() throws IOException {
        if (waiting) {
            release(false);
        }
        Files.deleteIfExists(hook);
        Files.deleteIfExists(entered);
        Files.deleteIfExists(go);
    }
}
