package dev.offshoot.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, and nothing else does harm. */
class RemotesFileTest {
    private static SortedMap<RemoteName, Remote> remotes(String odd) {
        RemoteName name = new RemoteName("hub");
        RemoteUrl.Http url = (RemoteUrl.Http) RemoteUrl.parse("https://example.org/a;b/x.git");
        Instant at = Instant.parse("2026-01-02T03:04:05.678Z");
        BranchName branch = new BranchName("a/ü=b");
        ObjectName commit = new ObjectName("1".repeat(40));
        Remote named = Remote.of(name, url, odd)
                .publishing(BranchSelection.of(List.of(branch, new BranchName("main"))))
                .attempted(branch, at)
                .succeeded(new Remote.Success(branch, commit, at))
                .failed(
                        branch,
                        new Publication.Setback(
                                commit, at, 3, at.plusSeconds(7), true, new Problem(Reason.CONFLICT, "", odd, odd)));
        RemoteName other = new RemoteName("hub-2");
        Remote all = Remote.of(other, url, odd)
                .publishing(BranchSelection.ALL)
                .succeeded(new Remote.Success(branch, commit, at));
        return new TreeMap<>(java.util.Map.of(name, named, other, all));
    }

    @Test
    void everyTextComesBack() throws IOException {
        for (String odd : List.of("", " ", " a ", "\"", "\\", "a#b;c", "[x]", "=", "ä€😀", "a\\n", "true")) {
            assertThat(RemotesFile.parse(RemotesFile.text(remotes(odd))))
                    .as(odd)
                    .isEqualTo(remotes(odd));
        }
    }

    /** A damaged file is read as something valid or refused as damaged; nothing else is thrown. */
    @Test
    void damageIsSaid() {
        String text = RemotesFile.text(remotes("ann"));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) (random.nextInt(96) + 32));
            }
            damaged.setLength(random.nextInt(10) == 0 ? random.nextInt(damaged.length()) : damaged.length());
            try {
                RemotesFile.parse(damaged.toString());
            } catch (IOException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void changesAreKeptWholeAndOneByOne(@TempDir Path folder) throws IOException {
        RemotesFile file = new RemotesFile(folder);
        assertThat(file.read()).isEmpty();
        file.change(all -> remotes("ann"));
        assertThat(new RemotesFile(folder).read()).isEqualTo(remotes("ann"));
        assertThat(folder.toFile().list()).containsExactly(RemotesFile.NAME);
    }
}
