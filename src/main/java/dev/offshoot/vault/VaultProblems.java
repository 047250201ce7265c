package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.UUID;

/** What the vault refuses, in one voice; none of it shows a value or a key. */
final class VaultProblems {
    private VaultProblems() {}

    static Failure noKey() {
        return Failure.of(
                Reason.VAULT_LOCKED,
                "",
                "this instance has no key to keep secrets with",
                "start it with --vault-key-file FILE or OFFSHOOT_VAULT_KEY: 32 random bytes as base64 or hex");
    }

    /** What to say at the start, when nobody gave a key and there are secrets. */
    static String locked(int workspaces) {
        return "secrets of " + (workspaces == 1 ? "a workspace" : workspaces + " workspaces")
                + " are sealed and no key was given: they cannot be read or changed until the service is started with"
                + " --vault-key-file FILE or OFFSHOOT_VAULT_KEY";
    }

    static Failure otherKey(UUID workspace, KeyId needed, KeyId given) {
        return Failure.of(
                Reason.VAULT_LOCKED,
                "",
                "secrets of workspace " + workspace + " are sealed with the key " + needed
                        + ", and the one that was given is the key " + given,
                "give that key, or, to change to a new one, give it as --vault-old-key-file; nothing was changed");
    }

    static Failure damaged(UUID workspace, String what, Throwable cause) {
        return new Failure(
                new Problem(
                        Reason.STORAGE,
                        "",
                        "the secrets of workspace " + workspace + " are damaged: " + what,
                        "put vault/" + workspace + ".json back from a backup; nothing was changed"),
                cause);
    }

    static Failure storage(String what, Exception cause) {
        // Messages of file systems are paths and reasons, never content.
        return new Failure(
                Problem.of(Reason.STORAGE, "", "secrets cannot be " + what + ": " + cause.getMessage()), cause);
    }
}
