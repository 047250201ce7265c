package dev.offshoot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore leaves when it stops between the renames that show what it made. */
class NewDataFolderTest {
    private static final List<String> PARTS = List.of("repositories", "token", "vault");

    @TempDir
    Path folder;

    private static void fill(NewDataFolder made) throws IOException {
        for (String part : PARTS) {
            Files.createDirectory(made.unfinished().resolve(part));
            Files.writeString(made.unfinished().resolve(part).resolve("file"), part);
        }
    }

    /** As a kill at that moment would leave it. */
    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    @Test
    void aKillBetweenTheRenamesServesNobodyAndSaysWhatToDo() throws IOException {
        Path data = folder.resolve("data");
        List<Path> killed = new ArrayList<>();
        try (NewDataFolder made =
                NewDataFolder.at(data, step -> killed.add(copied(data, folder.resolve("killed-" + killed.size()))))) {
            fill(made);
            made.show();
        }
        assertThat(data.resolve("vault/file")).hasContent("vault");
        assertThat(data.resolve(NewDataFolder.UNFINISHED)).doesNotExist();
        assertThat(killed).hasSize(1 + PARTS.size());
        for (Path left : killed) {
            assertThatThrownBy(() -> FileRepositoryStore.open(left, StoreFixture.options()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("interrupted");
        }
        // Before the first rename nothing is there: a new attempt just begins again.
        NewDataFolder.at(killed.get(0)).close();
        for (Path left : killed.subList(1, killed.size())) {
            assertThatThrownBy(() -> NewDataFolder.at(left))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("a restore into this folder was interrupted")
                    .hasMessageContaining("empty the folder and restore again");
        }
    }

    @Test
    void aFailureBetweenTheRenamesLeavesNothing() throws IOException {
        for (int stop = 0; stop <= PARTS.size(); stop++) {
            Path data = folder.resolve("failed-" + stop);
            int[] left = {stop};
            try (NewDataFolder made = NewDataFolder.at(data, step -> {
                if (left[0]-- == 0) {
                    throw new IOException("disk failure");
                }
            })) {
                fill(made);
                assertThatThrownBy(made::show).isInstanceOf(Failure.class);
            }
            assertThat(data).doesNotExist();
        }
    }
}
