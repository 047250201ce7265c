package dev.offshoot.people;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The SQL database beside the repositories: embedded H2 in the data folder, or a PostgreSQL of the operator. */
public final class Database implements AutoCloseable {
    /** Of the file, without what H2 adds. */
    static final String NAME = "people";

    private static final int CONNECTIONS = 8;
    private static final long PATIENCE_MILLIS = 10_000;

    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /**
     * A PostgreSQL.
     *
     * @param url {@code jdbc:postgresql://…}
     */
    public record Server(String url, String user, Optional<Secret> password) {
        public Server {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER,
                        "database",
                        "not the address of a PostgreSQL database",
                        "for example jdbc:postgresql://localhost/offshoot");
            }
        }
    }

    /**
     * Opens the database of a data folder, and makes it where there is none. What was acknowledged is written, also when the process is
     * killed right after.
     *
     * @throws Failure {@code BUSY} while another process has it, {@code STORAGE} when it cannot be opened
     */
    public static Database embedded(Path folder) {
        String path = folder.resolve(NAME).toAbsolutePath().toString();
        if (path.indexOf(';') >= 0) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "data", "the path of the data folder has a semicolon", "choose another");
        }
        return h2("file:" + path);
    }

    /** One that is gone when it is closed. */
    public static Database inMemory() {
        return h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static Database h2(String where) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:" + where + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        config.setUsername("offshoot");
        config.setPassword("");
        return open(config);
    }

    /** Opens a database that a server keeps. */
    public static Database server(Server server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        server.password().ifPresent(password -> config.setPassword(password.reveal()));
        return open(config);
    }

    private static Database open(HikariConfig config) {
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setPoolName("people");
        HikariDataSource source;
        try {
            source = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw unusable(e);
        }
        try {
            new Schema(source).bringUpToDate();
            return new Database(source);
        } catch (SQLException e) {
            source.close();
            throw unusable(e);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Failure unusable(Exception e) {
        return new Failure(
                new Problem(
                        Reason.STORAGE,
                        "database",
                        "the database of people cannot be opened: " + rootOf(e).getMessage(),
                        "is another process using it, or its server down?"),
                e);
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
