package io.github.defenderreactive.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.testing.Interleavings;
import io.github.defenderreactive.testing.UtcClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Every order of a few steps of callers, authority and time, also one within another. The cell holds its lock for moments in
 * which it calls nobody. Whatever it does outside goes through its clock, its credential or a caller, and each of these
 * lets other steps happen before it goes on, as another thread could.
 */
class CachedTokenInterleavingTest {

    /** Longer than any pause after a failure, shorter than the life of a token. */
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private static final Duration LIFE = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({"false,6,0", "true,6,0", "false,6,1", "true,6,1", "false,5,5", "true,5,5"})
    void shouldServeEveryCallerWhateverTheOrder(boolean interactive, int steps, int nesting) {
        long ways = Interleavings.explore(forks -> new World(forks, interactive, steps, nesting).run());
        assertThat(ways).isGreaterThan(1_000);
    }

    private enum Step {
        GET,
        CANCEL_FIRST,
        CANCEL_LAST,
        SUCCEED,
        FAIL,
        INVALIDATE,
        LET_TIME_PASS,
        LET_TOKEN_END
    }

    private static final class World {

        private final Interleavings forks;
        private final int maxNesting;
        private final boolean interactive;
        private final List<Caller> callers = new ArrayList<>();
        private final List<Request> requests = new ArrayList<>();
        private final Set<String> rejected = new HashSet<>();
        private final List<String> broken = new ArrayList<>();
        private final CachedToken cell;
        private AccessToken lastSeen;
        private Instant now = TestAuthority.NOW;
        private int left;
        private int nesting;

        World(Interleavings forks, boolean interactive, int steps, int maxNesting) {
            this.forks = forks;
            this.interactive = interactive;
            this.left = steps;
            this.maxNesting = maxNesting;
            this.cell = new CachedToken(
                    TestAuthority.REQUEST, new Source(), new YieldingClock(), VirtualTimeScheduler.create(), () -> 0.5);
        }

        void run() {
            while (left > 0) {
                List<Step> possible = possible(true);
                int chosen = forks.choose(possible.size() + 1);
                if (chosen == 0) {
                    break;
                }
                perform(possible.get(chosen - 1));
                check();
            }
            left = 0;
            // what is still asked gets its answer, then nobody may be left waiting
            for (Request request = running(); request != null; request = running()) {
                request.succeed();
            }
            assertThat(callers).noneMatch(Caller::waits);
            check();
        }

        private void check() {
            assertThat(broken).as("broken promises").isEmpty();
            long running = requests.stream().filter(Request::isRunning).count();
            long waiting = callers.stream().filter(Caller::waits).count();
            assertThat(running).as("requests at once").isLessThanOrEqualTo(1);
            if (waiting > 0) {
                assertThat(running).as("a request for those who wait").isEqualTo(1);
            }
            if (interactive && running > 0) {
                assertThat(waiting).as("somebody for whom a person is asked").isPositive();
            }
            if (!interactive) {
                assertThat(requests)
                        .as("no caller's cancel reaches the request")
                        .noneMatch(r -> r.cancelled);
            }
        }

        private List<Step> possible(boolean timeMayPass) {
            List<Step> steps = new ArrayList<>(List.of(Step.GET));
            if (timeMayPass) {
                // nobody is between two instructions for so long
                steps.add(Step.LET_TIME_PASS);
                steps.add(Step.LET_TOKEN_END);
            }
            if (callers.stream().anyMatch(Caller::mayLeave)) {
                steps.add(Step.CANCEL_FIRST);
                steps.add(Step.CANCEL_LAST);
            }
            if (running() != null) {
                steps.add(Step.SUCCEED);
                steps.add(Step.FAIL);
            }
            if (lastSeen != null) {
                steps.add(Step.INVALIDATE);
            }
            return steps;
        }

        private Request running() {
            return requests.stream().filter(Request::isRunning).findFirst().orElse(null);
        }

        private void perform(Step step) {
            left--;
            switch (step) {
                case GET -> {
                    Caller caller = new Caller(Set.copyOf(rejected));
                    callers.add(caller);
                    cell.get().subscribe(caller);
                }
                case CANCEL_FIRST ->
                    callers.stream().filter(Caller::mayLeave).findFirst().ifPresent(Caller::leave);
                case CANCEL_LAST ->
                    callers.stream()
                            .filter(Caller::mayLeave)
                            .reduce((a, b) -> b)
                            .ifPresent(Caller::leave);
                case SUCCEED -> running().succeed();
                case FAIL -> running().fail();
                case INVALIDATE -> {
                    AccessToken token = lastSeen;
                    cell.invalidate(token, null);
                    rejected.add(token.value());
                }
                case LET_TIME_PASS -> now = now.plus(A_WHILE);
                case LET_TOKEN_END -> now = now.plus(LIFE);
            }
        }

        /** Another thread may come in between. */
        private void yield() {
            while (left > 0 && nesting < maxNesting) {
                List<Step> possible = possible(false);
                int chosen = forks.choose(possible.size() + 1);
                if (chosen == 0) {
                    return;
                }
                nesting++;
                perform(possible.get(chosen - 1));
                nesting--;
            }
        }

        private final class YieldingClock extends UtcClock {

            @Override
            public Instant instant() {
                Instant read = now;
                World.this.yield();
                return read;
            }
        }

        private final class Source implements TokenCredential {

            @Override
            public Mono<AccessToken> getToken(TokenRequest request) {
                return Mono.create(sink -> {
                    Request asked = new Request(sink);
                    requests.add(asked);
                    sink.onCancel(asked::cancel);
                    World.this.yield();
                });
            }

            @Override
            public boolean isInteractive() {
                return interactive;
            }
        }

        /** A question to the authority. */
        private final class Request {

            private final MonoSink<AccessToken> sink;
            private boolean answered;
            private boolean cancelled;

            Request(MonoSink<AccessToken> sink) {
                this.sink = sink;
            }

            boolean isRunning() {
                return !answered && !cancelled;
            }

            void succeed() {
                answered = true;
                sink.success(AccessToken.of("token-" + requests.indexOf(this), now.plus(LIFE)));
            }

            void fail() {
                answered = true;
                sink.error(new AuthenticationException("refused", ErrorContext.NONE, null));
            }

            void cancel() {
                if (!answered) {
                    cancelled = true;
                }
                World.this.yield();
            }
        }

        /** Signals that come after a cancel are lawful, and no answer. */
        private final class Caller implements CoreSubscriber<AccessToken> {

            private final Set<String> rejectedBefore;
            private final Instant came = now;
            private Subscription subscription;
            private boolean answered;
            private boolean gone;

            Caller(Set<String> rejectedBefore) {
                this.rejectedBefore = rejectedBefore;
            }

            boolean waits() {
                return !answered && !gone;
            }

            boolean mayLeave() {
                return waits() && subscription != null;
            }

            void leave() {
                gone = true;
                subscription.cancel();
            }

            @Override
            public void onSubscribe(Subscription subscribed) {
                subscription = subscribed;
                World.this.yield();
                if (!gone) {
                    subscribed.request(1);
                }
            }

            @Override
            public void onNext(AccessToken token) {
                expect(!answered, "one answer");
                expect(!rejectedBefore.contains(token.value()), "no token that was rejected before the caller came");
                expect(token.expiresAt().isAfter(came), "no token that had ended when the caller came");
                answered = true;
                lastSeen = token;
                World.this.yield();
            }

            @Override
            public void onError(Throwable error) {
                expect(!answered, "one answer");
                expect(
                        error instanceof AuthenticationException refusal
                                && refusal.text().equals("refused"),
                        "the error of the authority and not " + error);
                answered = true;
                World.this.yield();
            }

            @Override
            public void onComplete() {
                expect(answered || gone, "a token before the end");
            }
        }

        /** What is thrown at a signal would not reach the test. */
        private void expect(boolean holds, String what) {
            if (!holds) {
                broken.add(what);
            }
        }
    }
}
