package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things are in a backup: as in the data folder, with one pack for each repository. */
final class BackupPaths {
    static final TreePath VAULT = TreePath.of("vault");
    static final TreePath TOKEN = TreePath.of("token.sha256");
    static final TreePath PEOPLE = TreePath.of("people/rows.json");
    static final TreePath PACK = TreePath.of("objects/pack/objects.pack");
    private static final Pattern REPOSITORY = Pattern.compile("repositories/([^/]+)\\.git/(.+)");
    private static final Pattern SECRETS =
            Pattern.compile("vault/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.json");

    private BackupPaths() {}

    static TreePath repository(WorkspaceName name) {
        return TreePath.of("repositories/" + name + ".git");
    }

    static TreePath secrets(UUID workspace) {
        return VAULT.child(workspace + ".json");
    }

    /** A file of a repository. */
    record InRepository(WorkspaceName workspace, TreePath file) {}

    static Optional<InRepository> inRepository(TreePath path) {
        Matcher match = REPOSITORY.matcher(path.value());
        return match.matches() && WorkspaceName.isValid(match.group(1))
                ? Optional.of(new InRepository(new WorkspaceName(match.group(1)), TreePath.of(match.group(2))))
                : Optional.empty();
    }

    static Optional<UUID> secretsOf(TreePath path) {
        Matcher match = SECRETS.matcher(path.value());
        return match.matches() ? Optional.of(UUID.fromString(match.group(1))) : Optional.empty();
    }
}
