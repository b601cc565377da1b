package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Collections that are asked for with a body. */
class PostedPagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldSendTheBodyWithEveryPage() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));

        StepVerifier.create(rows(Row.SEARCH, transport))
                .expectNextSequence(RowService.rows(0, 25))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets())
                .containsExactly(
                        "/api/rows?$top=10",
                        "/api/rows?$top=10&$skip=10",
                        "/api/rows?$top=10&$skip=20",
                        "/api/rows?$top=10&$skip=25");
        assertThat(transport.requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.headers()).containsEntry("Content-Type", "application/json");
            assertThat(StandardCharsets.UTF_8
                            .decode(request.body().bytes().blockLast(PATIENCE))
                            .toString())
                    .isEqualTo("{\"id\":\"wanted\"}");
        });
    }

    @Test
    void shouldAskForABrokenPageAgainWhenThatIsSafe() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 9).chunks(4).breakAt(150, reset()), page(0, 9), page(9, 9));

        StepVerifier.create(rows(Row.SEARCH, transport))
                .expectNextSequence(RowService.rows(0, 9))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNotSendTwiceWhatCouldActTwice() {
        ScriptedTransport broken = ScriptedTransport.of(page(0, 9).chunks(4).breakAt(150, reset()));
        StepVerifier.create(rows(Row.IMPORT, broken))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("execute the operation twice"))
                .verify(PATIENCE);
        assertThat(broken.calls()).isEqualTo(1);

        ScriptedTransport cut = ScriptedTransport.of(page(0, 9).cutAt(100));
        StepVerifier.create(rows(Row.IMPORT, cut).byPage())
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("execute the operation twice"))
                .verify(PATIENCE);
        assertThat(cut.calls()).isEqualTo(1);

        ScriptedTransport lost = ScriptedTransport.of(Answer.failure(reset()));
        StepVerifier.create(rows(Row.IMPORT, lost))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldKeepTheConnectionOverAPauseWhenThePageMustNotBeAskedForAgain() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedTransport transport = ScriptedTransport.of(page(0, 9).chunks(4));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .scheduler(time)
                .build()
                .paged(Row.IMPORT.call().body(new Row("wanted")).build());

        StepVerifier.create(rows, 3)
                .expectNextCount(3)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .thenRequest(100)
                .expectNextCount(6)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
        time.dispose();
    }

    private static Answer page(int from, int to) {
        return Answer.ok(RowService.envelope(RowService.rows(from, to), null));
    }

    private static ConnectionException reset() {
        return new ConnectionException("The connection broke off", true, ErrorContext.NONE, null);
    }

    private static PagedFlux<Row> rows(Operation<Row> operation, ScriptedTransport transport) {
        return Pipelines.over(transport)
                .build()
                .paged(operation.call().body(new Row("wanted")).build());
    }
}
