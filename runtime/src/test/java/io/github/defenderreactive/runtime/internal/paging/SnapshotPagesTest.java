package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Exports: links through a snapshot, rows without ids. */
class SnapshotPagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECOND = "https://elsewhere.test/api/rows?pagesize=10&$skiptoken=eyJh+/==";

    @Test
    void shouldFollowLinksLetterByLetter() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 10, SECOND), page(10, 12, null));

        StepVerifier.create(rows(transport))
                .expectNextSequence(RowService.rows(0, 12))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows", "/api/rows?pagesize=10&$skiptoken=eyJh+/==");
    }

    @Test
    void shouldFollowTheOtherPathThatLinksOfAnOperationLeadTo() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 10, "https://elsewhere.example/api/Timeline?$skiptoken=a"),
                page(10, 20, "https://elsewhere.example/api/rows?$skiptoken=b"),
                page(20, 22, null));

        StepVerifier.create(rows(Row.EXPORT_LINKED_ELSEWHERE, transport))
                .expectNextSequence(RowService.rows(0, 22))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets())
                .containsExactly("/api/rows", "/api/Timeline?$skiptoken=a", "/api/rows?$skiptoken=b");
    }

    @Test
    void shouldFollowNoOtherPathWhereNoneIsKnown() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 10, "https://elsewhere.example/api/Timeline?$skiptoken=a"));

        StepVerifier.create(rows(transport))
                .expectNextCount(10)
                .expectErrorMessage("nextLink points to another operation; its path is not /rows [exportRows]")
                .verify(PATIENCE);
    }

    @Test
    void shouldAskForPagesOfAChosenSize() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 7, SECOND), page(7, 12, null));

        StepVerifier.create(rows(transport).pageSize(7))
                .expectNextCount(12)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets())
                .containsExactly("/api/rows?pageSize=7", "/api/rows?pagesize=10&$skiptoken=eyJh+/==");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 11})
    void shouldRefuseASizeOutOfRange(int size) {
        assertThatThrownBy(() -> rows(ScriptedTransport.of()).pageSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10");
    }

    @Test
    void shouldGoOnBehindAResetAtEveryByte() {
        int length = page(0, 10, SECOND).length();
        for (int position = 0; position < length; position++) {
            ScriptedTransport transport = ScriptedTransport.of(
                    page(0, 10, SECOND).chunks(16).breakAt(position, reset()), page(0, 10, SECOND), page(10, 12, null));

            StepVerifier.create(rows(transport))
                    .expectNextSequence(RowService.rows(0, 12))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldKnowEqualRowsByTheirPlace() {
        List<Row> same = Collections.nCopies(10, new Row("same"));
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok(RowService.envelope(same, null)).chunks(4).breakAt(150, reset()),
                Answer.ok(RowService.envelope(same, null)));

        StepVerifier.create(rows(transport).allowTruncation())
                .expectNextSequence(same)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldGoOnWhenTheSecondRequestBreaksEarlier() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 9, null).chunks(4).breakAt(150, reset()),
                page(0, 9, null).chunks(4).breakAt(100, reset()),
                page(0, 9, null).chunks(4).breakAt(160, reset()),
                page(0, 9, null));

        StepVerifier.create(rows(transport))
                .expectNextSequence(RowService.rows(0, 9))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(4);
    }

    @Test
    void shouldNotMixTwoSnapshots() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 9, null).chunks(4).breakAt(150, reset()), page(1, 10, null));
        List<Row> seen = new ArrayList<>();

        StepVerifier.create(rows(transport).doOnNext(seen::add))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(PagingException.class)
                            .hasMessageContaining("snapshot no longer exists");
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);
        assertThat(seen).isNotEmpty().isEqualTo(RowService.rows(0, seen.size()));
    }

    @Test
    void shouldNotEndWithAPageThatHasBecomeShorter() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 9, null).chunks(4).breakAt(160, reset()), page(0, 2, null));

        StepVerifier.create(rows(transport))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("snapshot no longer exists"))
                .verify(PATIENCE);
    }

    @Test
    void shouldGoOnAfterAPause() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 9, null).chunks(4), page(0, 9, null).chunks(4));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .scheduler(time)
                .build()
                .paged(Row.EXPORT.call().build());

        StepVerifier.create(rows, 3)
                .expectNextSequence(RowService.rows(0, 3))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .thenRequest(100)
                .expectNextSequence(RowService.rows(3, 9))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
        time.dispose();
    }

    @Test
    void shouldFindALoopWithoutIds() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 5, "/api/rows?$skiptoken=a"), page(0, 5, "/api/rows?$skiptoken=a"));

        StepVerifier.create(rows(transport))
                .expectNextCount(10)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("nextLink was received twice"))
                .verify(PATIENCE);
    }

    @Test
    void shouldDeliverEqualPages() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 5, "/api/rows?$skiptoken=a"), page(0, 5, "/api/rows?$skiptoken=b"), page(0, 5, null));

        StepVerifier.create(rows(transport))
                .expectNextCount(15)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldLoseNothingFromAToken() {
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> String.valueOf(request.uri().getRawQuery()).contains("skiptoken")
                        ? page(10, 12, null)
                        : page(0, 10, SECOND));
        List<Page<Row>> pages = rows(transport).byPage().collectList().block(PATIENCE);

        ContinuationToken kept = ContinuationToken.parse(pages.get(0).next().toString());
        assertThat(kept.itemsBefore()).isEqualTo(10);
        StepVerifier.create(rows(transport).resumeFrom(kept))
                .expectNextSequence(RowService.rows(10, 12))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNameTheBrokenPageInTheToken() {
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> page(0, 9, null).chunks(4).breakAt(150, reset()));
        List<ContinuationToken> tokens = new ArrayList<>();

        StepVerifier.create(rows(transport))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ConnectionException.class);
                    ContinuationToken.of(error).ifPresent(tokens::add);
                })
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(1 + PagedSubscription.MAX_STALLS);
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 9, null))).resumeFrom(tokens.get(0)))
                .expectNextSequence(RowService.rows(0, 9))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeAFullLastPageForTheEndWhenItsSizeWasChosen() {
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, null))).pageSize(10))
                .expectNextCount(10)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, null))))
                .expectNextCount(10)
                .expectError(PossibleTruncationException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldReadALargePageAgainFromItsMiddle() {
        int rows = 200_000;
        String body = RowService.envelope(RowService.rows(0, rows), null);
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok(body).chunks(60_000).breakAt(body.length() - 1000, reset()),
                Answer.ok(body).chunks(60_000));

        StepVerifier.create(rows(Row.EXPORT_LARGE, transport).pageSize(rows))
                .expectNextSequence(RowService.rows(0, rows))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
    }

    private static Answer page(int from, int to, String link) {
        return Answer.ok(RowService.envelope(RowService.rows(from, to), link));
    }

    private static ConnectionException reset() {
        return new ConnectionException("The connection broke off", true, ErrorContext.NONE, null);
    }

    private static PagedFlux<Row> rows(ScriptedTransport transport) {
        return rows(Row.EXPORT, transport);
    }

    private static PagedFlux<Row> rows(Operation<Row> operation, ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(operation.call().build());
    }
}
