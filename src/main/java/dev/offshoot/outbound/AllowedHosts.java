package dev.offshoot.outbound;

import dev.offshoot.model.Failure;
import dev.offshoot.model.HostName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator allows beyond public hosts over https: hosts that may be private and may use plain http, and folders of this machine.
 */
public record AllowedHosts(List<Host> hosts, List<Path> folders) {
    public static final AllowedHosts NONE = new AllowedHosts(List.of(), List.of());
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^:\\[\\]/@]+))(?::(?<port>[0-9]{1,5}))?");
    private static final String FILE = "file:";

    /** @param port only this one; empty for any */
    public record Host(HostName name, OptionalInt port) {}

    public AllowedHosts {
        hosts = List.copyOf(hosts);
        folders = List.copyOf(folders);
    }

    /**
     * Reads settings such as {@code git.example.org}, {@code 127.0.0.1:8080}, {@code [::1]} and {@code file:/srv/git}.
     *
     * @throws Failure {@code INVALID_PARAMETER}
     */
    public static AllowedHosts parse(List<String> settings) {
        List<Host> hosts = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (String setting : settings) {
            if (setting.startsWith(FILE)) {
                folders.add(Path.of(((RemoteUrl.Local) RemoteUrl.parse(
                                setting.startsWith("file://") ? setting : "file://" + setting.substring(FILE.length())))
                        .path()));
            } else {
                hosts.add(host(setting));
            }
        }
        return new AllowedHosts(hosts, folders);
    }

    private static Host host(String setting) {
        Matcher match = HOST.matcher(setting);
        if (!match.matches()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "allow-outbound-host",
                    "'" + setting + "' is neither a host nor a folder",
                    "write git.example.org, 127.0.0.1:8080, [::1] or file:/srv/git");
        }
        String port = match.group("port");
        return new Host(
                new HostName(match.group("v6") == null ? match.group("name") : match.group("v6")),
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
    }

    boolean allows(RemoteUrl.Http url) {
        return hosts.stream()
                .anyMatch(host -> host.name().equals(url.host())
                        && (host.port().isEmpty() || host.port().getAsInt() == url.port()));
    }

    /** The folder a URL names, if it truly lies in an allowed one: links are followed first, then compared. */
    Optional<Path> folder(RemoteUrl.Local url) {
        try {
            Path wanted = Path.of(url.path()).toRealPath();
            for (Path folder : folders) {
                if (wanted.startsWith(folder.toRealPath())) {
                    return Optional.of(wanted);
                }
            }
        } catch (IOException e) {
            // said below: whether it is missing or forbidden is nobody's business
        }
        return Optional.empty();
    }
}
