package dev.offshoot.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be contacted: threats C1, C3 and C4. */
class OutboundGateTest {
    private final AtomicInteger lookUps = new AtomicInteger();

    private OutboundGate gate(String answer, String... allowed) {
        HostResolver resolver = host -> {
            lookUps.incrementAndGet();
            return List.of(addresses(answer));
        };
        return new OutboundGate(AllowedHosts.parse(List.of(allowed)), resolver, OutboundLimits.DEFAULT);
    }

    private static InetAddress[] addresses(String list) throws UnknownHostException {
        String[] texts = list.split(",");
        InetAddress[] all = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = InetAddress.getByName(texts[i]);
        }
        return all;
    }

    private static RemoteUrl.Http url(String text) {
        return (RemoteUrl.Http) RemoteUrl.parse(text);
    }

    private static void assertRefused(OutboundGate gate, String url, Reason reason) {
        assertThatThrownBy(() -> gate.open(url(url)).close())
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "ff02::1",
                "9.9.9.9,127.0.0.1"
            })
    void whatIsNotPublicIsRefusedHoweverItIsNamed(String address) {
        assertRefused(gate(address), "https://git.example.org/x.git", Reason.FORBIDDEN);
        if (!address.contains(",")) {
            String literal = address.contains(":") ? "[" + address + "]" : address;
            assertRefused(gate("9.9.9.9"), "https://" + literal + "/x.git", Reason.FORBIDDEN);
        }
    }

    @Test
    void publicHostsAreReachedOverHttpsAlone() {
        for (String address : List.of("9.9.9.9", "172.32.0.1", "100.128.0.1", "2620:fe::fe")) {
            gate(address).open(url("https://git.example.org/x.git")).close();
        }
        assertRefused(gate("9.9.9.9"), "http://git.example.org/x.git", Reason.FORBIDDEN);
    }

    @Test
    void anAllowedHostMayBePrivateAndPlainButOnlyThatHostAndPort() {
        OutboundGate gate = gate("10.0.0.7", "inside.example:8080");
        gate.open(url("http://inside.example:8080/x.git")).close();
        gate.open(url("http://INSIDE.example:8080/x.git")).close();
        assertRefused(gate, "http://inside.example:8081/x.git", Reason.FORBIDDEN);
        assertRefused(gate, "http://inside.example.evil.example:8080/x.git", Reason.FORBIDDEN);
        assertRefused(gate, "https://other.example/x.git", Reason.FORBIDDEN);
    }

    /** A name server that changes its answer changes nothing: what was checked is what is connected to. */
    @Test
    void aHostIsLookedUpOnce() throws IOException {
        try (Passage passage = gate("9.9.9.9").open(url("https://git.example.org/x.git"))) {
            passage.requireOrigin(URI.create("https://git.example.org/x.git/info/refs?service=git-upload-pack")
                    .toURL());
            assertThat(lookUps).hasValue(1);
        }
        assertThat(lookUps).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git.example.org/x.git",
                "https://git.example.org:8443/x.git",
                "https://other.example/x.git",
                "https://user@git.example.org/x.git"
            })
    void aConversationNeverLeavesItsOrigin(String other) {
        try (Passage passage = gate("9.9.9.9").open(url("https://git.example.org/x.git"))) {
            assertThatThrownBy(() -> passage.requireOrigin(URI.create(other).toURL()))
                    .isInstanceOf(IOException.class);
            assertThat(passage.trouble()).isPresent();
        }
    }

    @Test
    void aHostThatCannotBeFoundIsSaid() {
        OutboundGate gate = new OutboundGate(
                AllowedHosts.NONE,
                host -> {
                    throw new UnknownHostException();
                },
                OutboundLimits.DEFAULT);
        assertRefused(gate, "https://no-such.example/x.git", Reason.BUSY);
    }

    @Test
    void foldersAreReadWhereTheyAreAllowedAndLinksDoNotLeadOut(@TempDir Path folder) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("srv/a.git"));
        Files.createDirectories(folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("srv/link"), folder.resolve("secret"));
        OutboundGate gate = gate("9.9.9.9", "file:" + folder.resolve("srv"));
        assertThat(gate.folder((RemoteUrl.Local) RemoteUrl.parse("file://" + inside)))
                .isEqualTo(inside.toRealPath());
        for (String other : List.of("secret", "srv/link", "srv/missing")) {
            RemoteUrl.Local there = (RemoteUrl.Local) RemoteUrl.parse("file://" + folder.resolve(other));
            assertThatThrownBy(() -> gate.folder(there)).isInstanceOf(Failure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://git.example.org", "git.example.org/path", "a@b", "[::1", "host:port"})
    void aWrongSettingIsRefused(String setting) {
        assertThatThrownBy(() -> AllowedHosts.parse(List.of(setting))).isInstanceOf(Failure.class);
    }
}
