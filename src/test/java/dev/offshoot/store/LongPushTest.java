package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that the server itself is busy with for too long. */
class LongPushTest {
    @TempDir
    Path data;

    private final AtomicLong now = new AtomicLong();
    private final PushTime time = new PushTime(Duration.ofMinutes(10), now::get);
    private StoreFixture fixture;
    private Server server;
    private Git clone;

    @BeforeEach
    void open() {
        fixture = StoreFixture.at(data.resolve("data"));
        fixture.create().update(request(edit("a/b", "1")));
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        fixture.close();
        assertThat(data.resolve("data/repositories/team.git/incoming"))
                .satisfiesAnyOf(
                        f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
    }

    private void cloneFrom(BiConsumer<Snapshot, Snapshot> look) throws Exception {
        server = GitHttpTest.serve(
                fixture.store::find,
                (workspace, before, after) -> {
                    look.accept(before, after);
                    return new PushReview.Verdict(List.of(), List.of(), TreeEdit.NONE);
                },
                time);
        new Git(data).run("clone", "-q", GitHttpTest.url(server, "team"), "clone");
        clone = new Git(data.resolve("clone"));
        clone.run("config", "user.name", "Anna");
        clone.run("config", "user.email", "anna@example.org");
        for (int i = 0; i < 3; i++) {
            Files.writeString(data.resolve("clone/a/b"), "edit " + i);
            clone.run("commit", "-qam", "edit " + i);
        }
    }

    private void refused() {
        String before = fixture.git().run("for-each-ref");
        Git.Outcome push = clone.attempt("push", "origin", "HEAD");
        assertThat(push.status()).isNotZero();
        assertThat(push.output())
                .contains(
                        "remote: Offshoot refuses this push, nothing has changed:",
                        "a push takes at most 10 minutes in all",
                        "push fewer commits at a time",
                        "[limit-exceeded]");
        assertThat(fixture.git().run("for-each-ref")).isEqualTo(before);
    }

    @Test
    void aLookThatReadsOnIsEnded() throws Exception {
        cloneFrom((before, after) -> {
            now.addAndGet(Duration.ofMinutes(11).toNanos());
            after.files().read(TreePath.of("a/b"));
            throw new AssertionError("must not get so far");
        });
        refused();
    }

    @Test
    void manyLooksAreEnded() throws Exception {
        cloneFrom((before, after) -> now.addAndGet(Duration.ofMinutes(4).toNanos()));
        refused();
        clone.run("push", "-q", "origin", "HEAD~1:main"); // two of the three are in time
        assertThat(clone.attempt("push", "-q", "origin", "HEAD").status()).isZero();
    }

    @Test
    void unpackingIsEnded() {
        server = new Server();
        PushDeadline deadline = time.begin();
        byte[] blob = {'x'};
        assertThat(deadline.isOver()).isFalse();
        now.addAndGet(Duration.ofMinutes(10).toNanos() + 1);
        assertThatThrownBy(() -> deadline.objectChecker().check(ObjectId.zeroId(), Constants.OBJ_BLOB, blob))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }
}
