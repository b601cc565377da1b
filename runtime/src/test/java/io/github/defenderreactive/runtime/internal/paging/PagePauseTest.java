package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Consumers that take their time, on a clock of the test's own. */
class PagePauseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void shouldGiveUpTheConnectionOfAPausedConsumerAndGoOnWhereItWas() {
        RowService service = new RowService(15, 10);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(32));

        StepVerifier.create(rows(transport), 0)
                .thenRequest(3)
                .expectNextCount(3)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(9)))
                .then(() -> assertThat(transport.cancels()).isZero())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .then(() -> assertThat(transport.cancels()).isEqualTo(1))
                .then(() -> time.advanceTimeBy(Duration.ofDays(1)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .thenRequest(12)
                .expectNextSequence(RowService.rows(3, 15))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows", "/api/rows", "/api/rows?$skip=10");
    }

    @Test
    void shouldPauseAsOftenAsTheConsumerDoes() {
        RowService service = new RowService(10, 20);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(16));
        StepVerifier.Step<Row> step =
                StepVerifier.create(unlimited(transport), 0).expectSubscription();
        for (int i = 0; i < 10; i++) {
            int row = i;
            step = step.then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                    .thenRequest(1)
                    .assertNext(next -> assertThat(next.id()).isEqualTo("r" + row));
        }
        step.expectComplete().verify(PATIENCE);
    }

    @Test
    void shouldDeliverWhatIsLeftWhenDeliveredItemsAreGoneAfterAPause() {
        RowService service = new RowService(10, 20);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(16));

        StepVerifier.create(unlimited(transport), 0)
                .thenRequest(4)
                .expectNextCount(4)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> service.rows().subList(0, 3).clear())
                .thenRequest(100)
                .expectNextSequence(RowService.rows(4, 10))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldKeepAPageWhoseItemsHaveNoKey() {
        RowService service = new RowService(9, 10);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(16));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .scheduler(time)
                .build()
                .paged(Row.LIST_UNKEYED.call().build());

        StepVerifier.create(rows, 3)
                .expectNextCount(3)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .thenRequest(6)
                .expectNextCount(6)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(1);
        assertThat(transport.cancels()).isZero();
    }

    @Test
    void shouldNotPauseAPageThatHasArrived() {
        RowService service = new RowService(9, 10);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(100_000));

        StepVerifier.create(rows(transport), 8)
                .expectNextCount(8)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .thenRequest(1)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldStopTheDeadlineWhileNothingIsWanted() {
        RowService service = new RowService(9, 10);
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> service.apply(request).chunks(16).stuckAt(90));

        // Two items fit into the bytes that come; the deadline of one minute counts only the waits for the others.
        StepVerifier.create(
                        Pipelines.over(transport)
                                .scheduler(time)
                                .pauseAfter(Duration.ofDays(1))
                                .build()
                                .paged(Row.LIST_UNLIMITED.call().build()),
                        1)
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .thenRequest(1)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(59)))
                .expectNoEvent(Duration.ofMillis(1))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(CallTimeoutException.class);
                    assertThat(((CallTimeoutException) error).phase()).isEqualTo(CallTimeoutException.Phase.DEADLINE);
                    assertThat(((CallTimeoutException) error).attempts()).isEqualTo(1);
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);

        assertThat(transport.cancels()).isEqualTo(1);
    }

    @Test
    void shouldEndAPageThatNeverAnswers() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.never());

        StepVerifier.create(rows(transport))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(61)))
                .expectError(CallTimeoutException.class)
                .verify(PATIENCE);
    }

    private PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport)
                .scheduler(time)
                .build()
                .paged(Row.LIST.call().build());
    }

    private PagedFlux<Row> unlimited(ScriptedTransport transport) {
        return Pipelines.over(transport)
                .scheduler(time)
                .build()
                .paged(Row.LIST_UNLIMITED.call().build());
    }
}
