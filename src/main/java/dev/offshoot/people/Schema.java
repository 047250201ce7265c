package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables, as numbered steps that are each taken once. A step that has been released is never changed. Speaks JDBC as it is: this runs at
 * each start, and Jdbi's parser of statements would be loaded for it.
 */
final class Schema {
    private static final List<String> STEPS = List.of("001.sql");

    private final DataSource source;

    Schema(DataSource source) {
        this.source = source;
    }

    /** @throws Failure {@code NOT_SUPPORTED} when a newer Offshoot has changed the tables already */
    void bringUpToDate() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE IF NOT EXISTS schema_step (number INTEGER PRIMARY KEY)");
            int taken = taken(statement);
            if (taken > STEPS.size()) {
                throw Failure.of(
                        Reason.NOT_SUPPORTED,
                        "database",
                        "the database of people was written by a newer Offshoot (step " + taken + ", known are "
                                + STEPS.size() + ")",
                        "use that version, or restore a backup");
            }
            for (int step = taken + 1; step <= STEPS.size(); step++) {
                for (String sql : statements(STEPS.get(step - 1))) {
                    statement.execute(sql);
                }
                statement.execute("INSERT INTO schema_step (number) VALUES (" + step + ")");
            }
            connection.commit();
        }
    }

    private static int taken(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(number), 0) FROM schema_step")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<String> statements(String step) {
        return Arrays.stream(read(step).replaceAll("(?m)^--.*$", "").split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String read(String step) {
        try (InputStream in = Schema.class.getResourceAsStream("schema/" + step)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
