package dev.offshoot.cli;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a person names on the command line; {@code -} is standard input. */
final class FilesIn {
    private FilesIn() {}

    static byte[] read(String name, Console console) {
        try {
            return name.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (NoSuchFileException e) {
            throw Failure.of(Reason.NOT_FOUND, name, "there is no such file");
        } catch (IOException e) {
            throw new Failure(Problem.of(Reason.STORAGE, name, "cannot be read: " + e.getMessage()), e);
        }
    }

    /** Writes a file as a whole: a reader sees the old one or the new one, never half of it. */
    static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path half = target.resolveSibling("." + target.getFileName() + ".half");
        try {
            Files.write(half, bytes);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            half.toFile().delete();
            throw new Failure(Problem.of(Reason.STORAGE, file.toString(), "cannot be written: " + e.getMessage()), e);
        }
    }
}
