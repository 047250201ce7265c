package dev.offshoot.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.store.CheckoutState.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckoutFollowerTest {
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    private CheckoutState look(Status first) {
        boolean isFirst = looks.incrementAndGet() == 1;
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new CheckoutState(isFirst ? first : Status.CURRENT, Optional.empty(), "");
    }

    private Status awaitedWhileLooking(Status first) throws InterruptedException {
        try (Background background = new Background("test")) {
            CheckoutFollower follower = new CheckoutFollower(background, () -> look(first));
            follower.headMoved();
            CompletableFuture<CheckoutState> answer = new CompletableFuture<>();
            Thread waiting = new Thread(() -> answer.complete(follower.await(Duration.ofMinutes(1))));
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            mayEnd.countDown();
            return answer.join().status();
        }
    }

    @Test
    void whoeverWaitsIsAnsweredByTheLookThatIsUnderWay() throws Exception {
        assertThat(awaitedWhileLooking(Status.CURRENT)).isEqualTo(Status.CURRENT);
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatThatLookCouldNotDoIsTriedAgainForHim() throws Exception {
        assertThat(awaitedWhileLooking(Status.LEFT_ALONE)).isEqualTo(Status.CURRENT);
        assertThat(looks).hasValue(2);
    }
}
