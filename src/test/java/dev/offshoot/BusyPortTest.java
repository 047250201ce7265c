package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.cli.ServerStarter.ServerOptions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.outbound.AllowedHosts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that another program has is said before anything is begun. */
class BusyPortTest {
    @TempDir
    Path folder;

    @Test
    void leavesNothingBehind() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions options = new ServerOptions(
                    "127.0.0.1",
                    other.getLocalPort(),
                    folder.resolve("data"),
                    1 << 20,
                    true,
                    AllowedHosts.parse(List.of()),
                    Optional.empty(),
                    Optional.empty(),
                    false);
            assertThatThrownBy(() -> Instance.start(options, Map.of()))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
