package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an explode needs to know of the workspace that the document goes to. Pure look-ups, no order of calls. */
public interface KnownDefinitions {
    /** Address of the definition here that the header means: the document's one replaces it. Empty: a new one. */
    Optional<TreePath> addressOf(DefinitionHeader header);

    /** Names in a folder such as {@code tooljet/apps} that a new definition must not take. Without extension. */
    Set<String> taken(TreePath folder);

    /** Address of a shared record that the document mentions by id but does not hold. Asked by several threads at a time. */
    Optional<TreePath> addressOfId(String id);

    /** Addresses of the definitions in a folder such as {@code appbuilder/roles}. */
    default List<TreePath> definitions(TreePath folder) {
        return List.of();
    }

    /** Addresses of the records of a platform, owned ones too, that have one of these content ids. */
    default List<TreePath> rows(TreePath platform, Set<String> ids) {
        return List.of();
    }

    /** An empty workspace. */
    KnownDefinitions NONE = new KnownDefinitions() {
        @Override
        public Optional<TreePath> addressOf(DefinitionHeader header) {
            return Optional.empty();
        }

        @Override
        public Set<String> taken(TreePath folder) {
            return Set.of();
        }

        @Override
        public Optional<TreePath> addressOfId(String id) {
            return Optional.empty();
        }
    };
}
