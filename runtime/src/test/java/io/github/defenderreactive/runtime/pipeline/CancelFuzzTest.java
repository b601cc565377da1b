package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A read of three pages over the wire, cancelled after every number of signals, by the consumer or by another thread. */
class CancelFuzzTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 20;
    private static final int ROWS = 3 * PAGE;

    private final RowService service = new RowService(ROWS, PAGE);
    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        // Small pieces, so that most cancels meet a page that has not arrived.
        server.answer(
                request -> Answer.json(service.page(URI.create(request.uri()).getRawQuery()))
                        .slowly(64, Duration.ofMillis(1)));
        transport = ReactorNettyTransport.create(TransportOptions.builder()
                .bulkConnections(2)
                .interactiveConnections(2)
                .idleTimeout(Duration.ofSeconds(1))
                .evictionInterval(Duration.ofMillis(100))
                .build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"false,1", "false,1000", "true,1", "true,1000"})
    void shouldLeaveNothingBehindAfterAnyNumberOfSignals(boolean otherThread, int batch) throws Exception {
        Pipeline pipeline =
                Pipelines.over(transport).apiRoot(server.uri("/api")).build();
        List<Throwable> failures = new ArrayList<>();
        for (int k = 0; k <= ROWS; k++) {
            CountDownLatch cancelled = new CountDownLatch(1);
            Reader reader = new Reader(k, batch, otherThread, cancelled, failures);
            pipeline.paged(Row.LIST_UNLIMITED.call().build()).subscribe(reader);
            assertThat(cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("cancel after %d", k)
                    .isTrue();
            if (!otherThread) {
                assertThat(reader.after)
                        .as("signals behind the cancel after %d", k)
                        .isZero();
            }
        }

        assertThat(failures).isEmpty();
        // A connection that a cancel had kept would be missing from a pool of two.
        for (int i = 0; i < 4; i++) {
            StepVerifier.create(pipeline.paged(Row.LIST_UNLIMITED.call().build()))
                    .expectNextCount(ROWS)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    private static final class Reader extends BaseSubscriber<Row> {

        private final int cancelAfter;
        private final int batch;
        private final boolean otherThread;
        private final CountDownLatch cancelled;
        private final List<Throwable> failures;
        private int seen;
        private volatile boolean gone;
        private int after;

        Reader(int cancelAfter, int batch, boolean otherThread, CountDownLatch cancelled, List<Throwable> failures) {
            this.cancelAfter = cancelAfter;
            this.batch = batch;
            this.otherThread = otherThread;
            this.cancelled = cancelled;
            this.failures = failures;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(batch);
            leaveIfDue();
        }

        @Override
        protected void hookOnNext(Row row) {
            if (gone) {
                after++;
            }
            seen++;
            leaveIfDue();
            if (batch == 1) {
                request(1);
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            failures.add(failure);
        }

        private void leaveIfDue() {
            if (seen != cancelAfter) {
                return;
            }
            if (otherThread) {
                Schedulers.parallel().schedule(this::leave);
            } else {
                leave();
            }
        }

        private void leave() {
            cancel();
            gone = true;
            cancelled.countDown();
        }
    }
}
