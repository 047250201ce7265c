package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RemoteCredentials;
import java.util.List;
import java.util.Optional;

/**
 * Definitions that somebody wants to have from another repository.
 *
 * @param revision of the other repository
 * @param definitions which, as {@link Offer#path} names them; empty: all there are
 * @param branch where to; empty: the default branch
 * @param target the definition here that takes over what changed there; empty: new definitions are made
 * @param credentials for the other server, for this request only
 * @param confirm agrees to a loss of data, as a plan listed it
 * @param name of the new definition, when it is one
 * @param expected commit that the branch here has to stand at, as a plan found it; empty: wherever it stands
 */
public record RepositoryRequest(
        WorkspaceName workspace,
        RemoteUrl url,
        Revision revision,
        List<String> definitions,
        Optional<BranchName> branch,
        Optional<TreePath> target,
        Optional<DefinitionName> name,
        Optional<RemoteCredentials> credentials,
        Optional<ObjectName> expected,
        Optional<ConfirmToken> confirm,
        Person caller) {
    public RepositoryRequest {
        definitions = List.copyOf(definitions);
    }
}
