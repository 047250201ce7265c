package dev.offshoot.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database that comes along. */
class EmbeddedPeopleTest extends PeopleContract {
    @TempDir
    static Path folder;

    private static Database database;

    @BeforeAll
    static void start() {
        database = Database.embedded(folder.resolve("shared"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        Path own = folder.resolve("own");
        Email ada = new Email("ada@example.org");
        try (Database first = Database.embedded(own)) {
            people(first).create(NewAccount.person("Ada", ada, Optional.empty()));
        }
        try (Database second = Database.embedded(own)) {
            assertThat(people(second).find(ada)).isPresent();
            assertThat(people(second).isEmpty()).isFalse();
        }
    }

    @Test
    void aNewerDatabaseIsLeftAlone() {
        Path own = folder.resolve("newer");
        try (Database first = Database.embedded(own)) {
            first.jdbi().useHandle(h -> h.execute("INSERT INTO schema_step (number) VALUES (999)"));
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Database.embedded(own))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("newer Offshoot");
    }

    private static People people(Database database) {
        return new People(database, new Passwords(), Clock.systemUTC(), UUID::randomUUID);
    }
}
