package dev.offshoot.people;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The embedded database of people on its way into a backup and back, also while a server writes to it. H2 appends, and keeps what it has
 * replaced for 45 seconds, so a copy of its file is what a crash would leave: the copy is opened and its rows are written as JSON. One that
 * cannot be opened is made anew. A backup holds rows and not the file, because a file of H2 may hold code.
 */
public final class PeopleBackup {
    private static final String FILE = Database.NAME + ".mv.db";
    private static final int ATTEMPTS = 3;
    /** As many as a table of people, or a long audit log, can come to. */
    private static final Limits LIMITS = new Limits(1 << 30, 8, 50_000_000, 1 << 20, 30);

    private PeopleBackup() {}

    /**
     * All rows.
     *
     * @param folder of the database
     * @return empty when there is none
     * @throws Failure {@code STORAGE} when no copy could be opened
     */
    public static Optional<Content> read(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return Optional.empty();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(Content.of(JsonWriter.pretty(rows(folder.resolve(FILE)))));
            } catch (IOException | Failure e) {
                if (attempt == ATTEMPTS) {
                    throw storage("cannot be copied", e);
                }
            }
        }
    }

    private static JsonObject rows(Path file) throws IOException {
        Path folder = Files.createTempDirectory("offshoot-people");
        try {
            Files.copy(file, folder.resolve(FILE));
            try (Database copy = Database.embedded(folder)) {
                return copy.jdbi().inTransaction(handle -> new TableRows(handle).read());
            }
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /**
     * Makes the database of a folder that has none.
     *
     * @throws Failure {@code INVALID_ARCHIVE} when these are no rows of ours
     */
    public static void write(Path folder, Content content) {
        if (Files.exists(folder.resolve(FILE))) {
            throw Failure.of(Reason.ALREADY_EXISTS, folder.toString(), "there is a database of people already");
        }
        if (!(JsonReader.read(content.bytes(), LIMITS) instanceof JsonObject tables)) {
            throw TableRows.wrong("", "the rows of people are no object");
        }
        try (Database database = Database.embedded(folder)) {
            database.jdbi().useTransaction(handle -> new TableRows(handle).write(tables));
        }
    }

    private static Failure storage(String what, Exception cause) {
        return new Failure(
                Problem.of(Reason.STORAGE, FILE, "the database of people " + what + ": " + cause.getMessage()), cause);
    }
}
