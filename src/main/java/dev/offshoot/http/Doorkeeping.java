package dev.offshoot.http;

import dev.offshoot.access.Callers;
import dev.offshoot.access.Throttle;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is let in, and what is known of them.
 *
 * @param callers tells who is calling
 * @param registry who there is, and what they did
 * @param workspaces which there are now
 * @param signIns slows down whoever tries wrong passwords
 */
public record Doorkeeping(
        Callers callers,
        Registry registry,
        Function<WorkspaceName, Optional<WorkspaceId>> workspaces,
        Throttle signIns,
        Clock clock) {
    private static final int WRONG_PASSWORDS = 10;
    private static final Duration WRONG_PASSWORDS_PER = Duration.ofMinutes(10);

    public static Doorkeeping of(
            Callers callers,
            Registry registry,
            Function<WorkspaceName, Optional<WorkspaceId>> workspaces,
            Clock clock) {
        return new Doorkeeping(
                callers, registry, workspaces, new Throttle(clock, WRONG_PASSWORDS, WRONG_PASSWORDS_PER), clock);
    }
}
