package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The rules of Reactive Streams, as its own test kit checks them, on items, on whole pages and while reading ahead. */
class PagedFluxVerificationTest {

    private static final long YEARS_OF_TICKS = 1_000_000_000_000_000L;

    private static final FaultServer SERVER = server();
    private static final ReactorNettyTransport TRANSPORT = ReactorNettyTransport.create();

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesItemByItem() {
        return ReactiveStreamsRules.of(elements -> rows(elements).prefetchPages(0));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesWhileReadingAhead() {
        return ReactiveStreamsRules.of(elements -> rows(elements).prefetchPages(2));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesPageByPage() {
        return ReactiveStreamsRules.of(Pages::new);
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesOverTheWire() {
        return ReactiveStreamsRules.of(Wired::new);
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesWindowByWindow() {
        return ReactiveStreamsRules.of(PagedFluxVerificationTest::timedRows);
    }

    @AfterAll
    static void stop() {
        TRANSPORT.dispose();
        SERVER.close();
    }

    @Test
    void shouldCheckMoreThanTwentyRules() {
        assertThat(ReactiveStreamsRules.required().toList()).hasSizeGreaterThan(20);
    }

    private static PagedFlux<Row> rows(long total) {
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> ScriptedTransport.Answer.ok(page(request.uri().getRawQuery(), total)));
        return Pipelines.over(transport).build().paged(Row.LIST_UNLIMITED.call().build());
    }

    private static String page(String query, long total) {
        long skip = query == null ? 0 : Long.parseLong(query.substring("$skip=".length()));
        long end = Math.min(total, skip + 10);
        List<Row> rows = LongStream.range(skip, end)
                .mapToObj(i -> new Row(Long.toString(i)))
                .toList();
        return RowService.envelope(rows, end == total ? null : "/api/rows?$skip=" + end);
    }

    private static FaultServer server() {
        try {
            return FaultServer.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Through sockets, so that the body of an answer has its part in it. */
    private static final class Wired extends PublisherVerification<Row> {

        Wired() {
            super(new TestEnvironment(4_000, 100));
        }

        @Override
        public Publisher<Row> createPublisher(long elements) {
            SERVER.answer(request -> Answer.json(page(URI.create(request.uri()).getRawQuery(), elements)));
            return Pipelines.over(TRANSPORT)
                    .apiRoot(SERVER.uri("/api"))
                    .build()
                    .paged(Row.LIST_UNLIMITED.call().build());
        }

        @Override
        public Publisher<Row> createFailedPublisher() {
            return null;
        }
    }

    /** A row on every tick, seven of them in a page. */
    private static PagedFlux<TimedRow> timedRows(long total) {
        long first = TimeWindow.tick(Instant.EPOCH);
        long end = first + Math.min(total, YEARS_OF_TICKS);
        ScriptedTransport transport = ScriptedTransport.serving(request -> {
            TimeWindow asked = TimedService.window(request);
            long from = Math.max(first, asked.from());
            long to = Math.min(end, asked.to());
            List<TimedRow> rows = LongStream.range(from, Math.min(to, from + 7))
                    .mapToObj(tick -> new TimedRow(Long.toString(tick), TimeWindow.instant(tick)))
                    .toList();
            return TimedService.page(rows, to - from > 7 ? "/api/rows?$skip=7" : null);
        });
        return Pipelines.over(transport).build().paged(TimedRow.LIST.call().build());
    }

    private static final class Pages extends PublisherVerification<Page<Row>> {

        Pages() {
            super(ReactiveStreamsRules.ENVIRONMENT);
        }

        @Override
        public Publisher<Page<Row>> createPublisher(long elements) {
            return rows(elements * 10).byPage();
        }

        @Override
        public Publisher<Page<Row>> createFailedPublisher() {
            return null;
        }

        @Override
        public long maxElementsFromPublisher() {
            return Integer.MAX_VALUE;
        }
    }
}
