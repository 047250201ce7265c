package dev.offshoot.people;

import dev.offshoot.testing.Postgres;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The same on PostgreSQL, where one is installed. */
class PostgresPeopleTest extends PeopleContract {
    private static Optional<Postgres> server = Optional.empty();
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        server = Postgres.start();
        Assumptions.assumeTrue(server.isPresent(), "no PostgreSQL on this machine (initdb and pg_ctl)");
        database = Database.server(
                new Database.Server(server.get().url(), server.get().user(), Optional.empty()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            database.close();
            server.get().close();
        }
    }

    @Override
    Database database() {
        return database;
    }
}
