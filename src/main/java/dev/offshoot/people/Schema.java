package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The tables, as numbered steps that are each taken once. A step that has been released is never changed. */
final class Schema {
    private static final List<String> STEPS = List.of("001.sql");

    private final Jdbi jdbi;

    Schema(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws Failure {@code NOT_SUPPORTED} when a newer Offshoot has changed the tables already */
    void bringUpToDate() {
        jdbi.useTransaction(handle -> {
            handle.execute("CREATE TABLE IF NOT EXISTS schema_step (number INTEGER PRIMARY KEY)");
            int taken = handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM schema_step")
                    .mapTo(Integer.class)
                    .one();
            if (taken > STEPS.size()) {
                throw Failure.of(
                        Reason.NOT_SUPPORTED,
                        "database",
                        "the database of people was written by a newer Offshoot (step " + taken + ", known are "
                                + STEPS.size() + ")",
                        "use that version, or restore a backup");
            }
            for (int step = taken + 1; step <= STEPS.size(); step++) {
                take(handle, STEPS.get(step - 1));
                handle.execute("INSERT INTO schema_step (number) VALUES (?)", step);
            }
        });
    }

    private static void take(Handle handle, String step) {
        Arrays.stream(read(step).replaceAll("(?m)^--.*$", "").split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .forEach(handle::execute);
    }

    private static String read(String step) {
        try (InputStream in = Schema.class.getResourceAsStream("schema/" + step)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
