package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Pages that break off: asked for again, and nothing comes twice or never. */
class PageRecoveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldGoOnBehindAResetAtEveryByte() {
        RowService service = new RowService(15, 10);
        int length = service.apply(first()).length();
        for (int position = 0; position <= length; position++) {
            int end = position;
            ScriptedTransport transport = breakingFirst(service, answer -> answer.breakAt(end, reset()));

            StepVerifier.create(rows(transport))
                    .expectNextSequence(service.rows())
                    .expectComplete()
                    .verify(PATIENCE);

            // Behind the last brace nothing is lost.
            assertThat(transport.calls()).as("reset at byte %d", position).isEqualTo(position == length ? 2 : 3);
        }
    }

    /** As many rows of an id as were delivered are known when the page comes again. */
    @Test
    void shouldCountRowsOfOneIdWhenAPageComesAgain() {
        List<Row> rows = Stream.of("a", "b", "a", "a", "c", "b").map(Row::new).toList();
        String body = RowService.envelope(rows, null);
        for (int position = 0; position < body.length(); position++) {
            StepVerifier.create(rows(ScriptedTransport.of(
                            Answer.ok(body).chunks(7).breakAt(position, reset()),
                            Answer.ok(body).chunks(5).breakAt(position / 2, reset()),
                            Answer.ok(body))))
                    .expectNextSequence(rows)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldGoOnBehindATruncatedBodyAtEveryByte() {
        RowService service = new RowService(15, 10);
        int length = service.apply(first()).length();
        for (int position = 0; position < length; position++) {
            int end = position;
            ScriptedTransport transport = breakingFirst(service, answer -> answer.cutAt(end));

            StepVerifier.create(rows(transport))
                    .expectNextSequence(service.rows())
                    .expectComplete()
                    .verify(PATIENCE);

            assertThat(transport.calls()).as("cut at byte %d", position).isEqualTo(3);
        }
    }

    @Test
    void shouldGoOnBehindAReadTimeout() {
        RowService service = new RowService(15, 10);
        DefenderException timeout =
                new CallTimeoutException(CallTimeoutException.Phase.READ, Duration.ofSeconds(1), ErrorContext.NONE);
        ScriptedTransport transport = breakingFirst(service, answer -> answer.breakAt(200, timeout));

        StepVerifier.create(rows(transport))
                .expectNextSequence(service.rows())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldFailWhenATruncatedBodyStaysTruncated() {
        RowService service = new RowService(15, 10);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).cutAt(130));
        List<Row> seen = new ArrayList<>();

        StepVerifier.create(rows(transport).doOnNext(seen::add))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DecodeException.class);
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);

        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
        assertThat(transport.calls()).isEqualTo(1 + PagedSubscription.MAX_STALLS);
    }

    @Test
    void shouldCountOnlyFailuresWithoutANewItem() {
        RowService service = new RowService(9, 10);
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            ends.add(69 + 12 * i);
        }
        ScriptedTransport transport = ScriptedTransport.serving(request -> ends.isEmpty()
                ? service.apply(request)
                : service.apply(request).chunks(4).breakAt(ends.remove(0), reset()));

        StepVerifier.create(rows(transport))
                .expectNextSequence(service.rows())
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(9);
    }

    @Test
    void shouldDeliverWhatWasNotDeliveredWhenThePageHasMoved() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok(RowService.envelope(RowService.rows(0, 9), null))
                        .chunks(4)
                        .breakAt(120, reset()),
                Answer.ok(RowService.envelope(RowService.rows(3, 12), null)));

        StepVerifier.create(rows(transport).map(Row::id).collectList())
                .assertNext(ids -> assertThat(ids)
                        .doesNotHaveDuplicates()
                        .containsAll(
                                RowService.rows(3, 12).stream().map(Row::id).toList()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNameWhereToGoOnWhenItemsHaveNoKey() {
        RowService service = new RowService(15, 10);
        ScriptedTransport transport = breakingFirst(service, answer -> answer.breakAt(150, reset()));
        PagedFlux<Row> rows =
                Pipelines.over(transport).build().paged(Row.LIST_UNKEYED.call().build());
        List<ContinuationToken> tokens = new ArrayList<>();

        StepVerifier.create(rows)
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ConnectionException.class);
                    ContinuationToken.of(error).ifPresent(tokens::add);
                })
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(1);
        assertThat(tokens).hasSize(1);
        StepVerifier.create(rows.resumeFrom(tokens.get(0)))
                .expectNextSequence(service.rows())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldReadABrokenPageAgainAsAWholeEvenWithoutKeys() {
        RowService service = new RowService(15, 10);
        ScriptedTransport transport = breakingFirst(service, answer -> answer.breakAt(150, reset()));

        StepVerifier.create(Pipelines.over(transport)
                        .build()
                        .paged(Row.LIST_UNKEYED.call().build())
                        .byPage())
                .assertNext(page -> assertThat(page.items()).isEqualTo(RowService.rows(0, 10)))
                .assertNext(page -> assertThat(page.items()).isEqualTo(RowService.rows(10, 15)))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldGoOnWithALaterPageFromTheTokenOfAnError() {
        RowService service = new RowService(25, 10);
        List<Integer> failing = new ArrayList<>(List.of(3, 4, 5, 6));
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> failing.contains(holder[0].calls()) ? Answer.of(500, "") : service.apply(request));
        holder[0] = transport;
        List<ContinuationToken> tokens = new ArrayList<>();

        StepVerifier.create(rows(transport))
                .expectNextCount(20)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ServiceException.class);
                    assertThat(((ServiceException) error).attempts()).isEqualTo(4);
                    ContinuationToken.of(error).ifPresent(tokens::add);
                })
                .verify(PATIENCE);

        assertThat(tokens).hasSize(1);
        assertThat(tokens.get(0).itemsBefore()).isEqualTo(20);
        StepVerifier.create(rows(transport)
                        .resumeFrom(ContinuationToken.parse(tokens.get(0).toString())))
                .expectNextSequence(RowService.rows(20, 25))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldRecoverWhileReadingAhead() {
        RowService service = new RowService(35, 10);
        List<Integer> breaking = new ArrayList<>(List.of(2));
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(request -> {
            Answer answer = service.apply(request);
            return breaking.remove((Integer) holder[0].calls()) ? answer.breakAt(150, reset()) : answer;
        });
        holder[0] = transport;

        StepVerifier.create(rows(transport).prefetchPages(2))
                .expectNextSequence(service.rows())
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(5);
    }

    private static ScriptedTransport breakingFirst(
            RowService service, java.util.function.UnaryOperator<Answer> breaking) {
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(request -> {
            Answer answer = service.apply(request).chunks(16);
            return holder[0].calls() == 1 ? breaking.apply(answer) : answer;
        });
        holder[0] = transport;
        return transport;
    }

    private static io.github.defenderreactive.runtime.transport.TransportRequest first() {
        return new io.github.defenderreactive.runtime.transport.TransportRequest(
                "GET", java.net.URI.create("https://api.test/api/rows"), java.util.Map.of(), null, Lane.BULK);
    }

    private static ConnectionException reset() {
        return new ConnectionException("The connection broke off", true, ErrorContext.NONE, null);
    }

    private static PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(Row.LIST.call().build());
    }
}
