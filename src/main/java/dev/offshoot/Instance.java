package dev.offshoot;

import dev.offshoot.cli.ServerStarter.RunningServer;
import dev.offshoot.cli.ServerStarter.ServerOptions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.Map;

/** A running service. */
final class Instance {
    private Instance() {}

    static RunningServer start(ServerOptions options, Map<String, String> environment) {
        throw Failure.of(Reason.NOT_SUPPORTED, "", "the store is being written");
    }
}
