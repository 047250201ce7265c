package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.outbound.Passage;
import java.io.EOFException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** One push of one branch to the branch of the same name elsewhere; only ever forward, and nothing but what the branch leads to. */
final class OutgoingPush {
    private final Passage passage;
    private final BranchName branch;

    OutgoingPush(Passage passage, BranchName branch) {
        this.passage = passage;
        this.branch = branch;
    }

    Published run(FileWorkspace workspace, Optional<RemoteCredentials> credentials, ProgressMonitor bounds)
            throws IOException {
        try (FileWorkspace.Lease lease = workspace.lease();
                // One of our own: the settings below are this push's, not the workspace's.
                FileRepository local = RepositoryFolder.open(workspace.folder())) {
            local.getConfig().setString("http", null, "followRedirects", "false");
            ObjectId commit = Optional.ofNullable(local.exactRef(branch.ref()))
                    .map(ref -> ref.getObjectId())
                    .orElseThrow(() -> Problems.notFound("branch: " + branch));
            RemoteRefUpdate update = new RemoteRefUpdate(
                    local, branch.ref(), commit, branch.ref(), false /* never by force */, null, null);
            try (Transport transport =
                    Transport.open(local, new URIish(passage.url().toString()))) {
                ((TransportHttp) transport).setHttpConnectionFactory(GatedConnection.through(passage));
                transport.setTagOpt(TagOpt.NO_TAGS);
                credentials.ifPresent(c -> transport.setCredentialsProvider(
                        new UsernamePasswordCredentialsProvider(c.user(), c.password())));
                transport.push(bounds, List.of(update));
            }
            return result(update.getStatus(), new ObjectName(commit.name()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private Published result(RemoteRefUpdate.Status status, ObjectName commit) {
        return switch (status) {
            case OK -> new Published(commit, true);
            case UP_TO_DATE -> new Published(commit, false);
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> throw diverged();
            case REJECTED_NODELETE, REJECTED_OTHER_REASON, NON_EXISTING, NOT_ATTEMPTED, AWAITING_REPORT ->
                throw Failure.of(
                        Reason.REMOTE_REFUSED,
                        "remote",
                        passage.url() + " refused the branch " + branch + " (its reason is not repeated here)",
                        "it may be protected or checked out there, or a hook refuses it; push from a clone to see the"
                                + " reason: git push " + passage.url() + " " + branch);
        };
    }

    private Failure diverged() {
        return Failure.of(
                Reason.CONFLICT,
                "remote",
                branch + " at " + passage.url()
                        + " has commits that are not here; nothing was pushed, nothing overwritten",
                "bring them in first: clone this workspace, git pull " + passage.url() + " " + branch
                        + ", push the merge here and publish again; or publish a branch of another name");
    }

    /** What the other server says is not repeated: it is a stranger's text. */
    Failure failed(Exception e) {
        Reason reason = reason(e);
        String why = passage.trouble().map(Passage.Trouble::text).orElseGet(() -> words(reason));
        return new Failure(
                new Problem(reason, "remote", passage.url() + " could not be pushed to: " + why, hint(reason)), e);
    }

    /** Whether it may go better another time, whether it is the password, or the place. */
    private Reason reason(Exception e) {
        if (passage.trouble().isPresent()) {
            return passage.trouble().get().mayPass() ? Reason.UNREACHABLE : Reason.INVALID_REPOSITORY;
        }
        if (passage.isBroken() || endedEarly(e)) {
            return Reason.UNREACHABLE;
        }
        return switch (passage.lastStatus()) {
            case 401, 403, 407 -> Reason.REMOTE_DENIED;
            case 408, 425, 429 -> Reason.UNREACHABLE;
            default -> passage.lastStatus() >= 500 ? Reason.UNREACHABLE : Reason.INVALID_REPOSITORY;
        };
    }

    private static boolean endedEarly(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    private String words(Reason reason) {
        return switch (reason) {
            case UNREACHABLE ->
                passage.isBroken() || passage.lastStatus() < 400
                        ? "it cannot be reached, or the connection broke"
                        : "it answered with status " + passage.lastStatus();
            case REMOTE_DENIED -> "it wants another user or password, or lets this one not push";
            default -> "it is gone, redirects, or is not a Git repository over smart HTTP";
        };
    }

    private String hint(Reason reason) {
        String attempt = "try: git push --dry-run " + passage.url() + " " + branch;
        return switch (reason) {
            case UNREACHABLE -> "try again later";
            case REMOTE_DENIED -> "set the remote with a user and password that may push there; " + attempt;
            default -> attempt + "; a repository that is not there yet must be created on its host first";
        };
    }
}
