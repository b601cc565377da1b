package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.paging.ReadReport;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Complete reads of a live collection, in windows over a time that never changes. */
class TimeWindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.fixed(TimedRow.START.minus(Duration.ofDays(400)), ZoneOffset.UTC);

    // ---- which windows -------------------------------------------------------------------------------------------

    @Test
    void shouldReadWhatFitsAPageInOneCall() {
        TimedService service = new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(9);

        assertThat(ids(service)).hasSize(9);
        assertThat(service.filters).containsExactly("");
    }

    @Test
    void shouldGoOnFromTheLastRowDownwards() {
        TimedService service = new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(25);

        assertThat(ids(service)).hasSize(25).doesNotHaveDuplicates();
        assertThat(service.filters)
                .containsExactly("", "at lt 2026-03-01T00:00:00.0000016Z", "at lt 2026-03-01T00:00:00.0000007Z");
    }

    @Test
    void shouldGoOnFromTheLastRowUpwards() {
        TimedService service = new TimedService(TimedService.Order.OLDEST_FIRST, 10).filled(25);

        assertThat(ids(service)).hasSize(25).doesNotHaveDuplicates();
        assertThat(service.filters)
                .containsExactly("", "at ge 2026-03-01T00:00:00.0000009Z", "at ge 2026-03-01T00:00:00.0000018Z");
    }

    @Test
    void shouldSplitAWindowWhoseRowsAreNotSorted() {
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=3", row(5), row(1), row(9)),
                page(null, row(9), row(7), row(5)),
                page(null, row(1), row(2)));

        StepVerifier.create(rows(transport, TimedRow.LIST).map(TimedRow::id).collectList())
                .assertNext(ids -> assertThat(ids).containsExactly("5", "1", "9", "7", "2"))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(filters(transport))
                .containsExactly("", "at ge 2026-03-01T00:00:00.0000005Z", "at lt 2026-03-01T00:00:00.0000005Z");
    }

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldTakeAPageOfTheLargestSizeForFullWithoutALinkToo(TimedService.Order order) {
        TimedService service = new TimedService(order, 10).filled(57).withoutLinks();

        assertThat(ids(service)).hasSize(57).doesNotHaveDuplicates();
    }

    @Test
    void shouldAskOnceMoreBehindAPageThatIsExactlyFull() {
        TimedService service =
                new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(10).withoutLinks();

        assertThat(ids(service)).hasSize(10);
        assertThat(service.filters).hasSize(2);
    }

    @Test
    void shouldPutTheCallersFilterInParentheses() {
        ScriptedTransport transport =
                ScriptedTransport.of(page("/api/rows?$skip=2", row(2), row(1)), page(null, row(1)));
        Call<TimedRow> call = TimedRow.LIST
                .call()
                .query("$filter", "severity eq 'High' or severity eq 'Low'")
                .build();

        StepVerifier.create(rows(transport, call))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(filters(transport))
                .containsExactly(
                        "severity eq 'High' or severity eq 'Low'",
                        "(severity eq 'High' or severity eq 'Low') and at lt 2026-03-01T00:00:00.0000002Z");
    }

    @Test
    void shouldSendNoBlankFilter() {
        ScriptedTransport transport = ScriptedTransport.of(page(null, row(1)));
        Call<TimedRow> call = TimedRow.LIST.call().query("$filter", " ").build();

        StepVerifier.create(rows(transport, call))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows");
    }

    /** The clock of these tests is 400 days behind the rows. */
    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldLetNoClockNarrowTheRead(TimedService.Order order) {
        TimedService service = new TimedService(order, 10).filled(25);
        service.rows.add(new TimedRow("from the future", Instant.parse("2999-01-01T00:00:00Z")));
        service.rows.add(new TimedRow("from the end of time", Instant.parse("9999-12-31T23:59:59.9999999Z")));
        service.rows.add(new TimedRow("from the beginning", Instant.parse("0001-01-01T00:00:00Z")));

        assertThat(ids(service)).hasSize(28).doesNotHaveDuplicates();
    }

    @Test
    void shouldCountTimesBeyondAllTicks() {
        assertThat(TimeWindow.OPEN.holds(Instant.MAX)).isTrue();
        assertThat(TimeWindow.OPEN.holds(Instant.MIN)).isTrue();
        assertThat(TimeWindow.tick(Instant.MAX)).isGreaterThan(TimeWindow.tick(Instant.parse("9999-12-31T23:59:59Z")));
    }

    // ---- ties ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldDeliverRowsOfOneTickOnceWhereverAPageEnds(TimedService.Order order) {
        TimedService service = new TimedService(order, 10);
        for (int i = 0; i < 200; i++) {
            service.rows.add(TimedRow.of("r" + i, i / 7));
        }

        assertThat(ids(service)).hasSize(200).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldSayThatATickHasMoreRowsThanAPageHolds(TimedService.Order order) {
        TimedService service = new TimedService(order, 10).filled(5);
        for (int i = 0; i < 11; i++) {
            service.rows.add(TimedRow.of("burst" + i, 3));
        }

        StepVerifier.create(rows(ScriptedTransport.serving(service), TimedRow.LIST))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(PossibleTruncationException.class)
                            .hasMessageContaining("2026-03-01T00:00:00.000000300Z");
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldGoOnBesideAnOverfullTickWhenThatIsAllowed(TimedService.Order order) {
        TimedService service = new TimedService(order, 10).filled(50);
        for (int i = 0; i < 30; i++) {
            service.rows.add(TimedRow.of("burst" + i, 25));
        }

        List<String> ids = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .allowTruncation()
                .map(TimedRow::id)
                .collectList()
                .block(PATIENCE);

        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.range(0, 50)
                        .filter(i -> i != 25)
                        .mapToObj(i -> "r" + i)
                        .toList());
        assertThat(ids.stream().filter(id -> id.startsWith("burst"))).hasSizeBetween(9, 29);
    }

    // ---- what must not pass silently -----------------------------------------------------------------------------

    @Test
    void shouldFailWhenARowLiesOutsideItsWindow() {
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=2", row(9), row(8)), page("/api/rows?$skip=2", row(9), row(8)));

        StepVerifier.create(rows(transport, TimedRow.LIST))
                .expectNextCount(2)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(PagingException.class)
                            .hasMessageContaining("does not apply the filter");
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldFailWhenAFullPageHasNoRowWithATime() {
        ScriptedTransport transport = ScriptedTransport.of(page("/api/rows?$skip=1", new TimedRow("a", null)));

        StepVerifier.create(rows(transport, TimedRow.LIST))
                .expectNextCount(1)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("rows without a time"))
                .verify(PATIENCE);
    }

    @Test
    void shouldFailWhenReadingAheadMeetsARowOutsideItsWindow() {
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=2", row(9), row(8)), page("/api/rows?$skip=2", row(9), row(8)));

        StepVerifier.create(rows(transport, TimedRow.LIST).prefetchPages(3))
                .expectNextCount(2)
                .expectError(PagingException.class)
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
    }

    @Test
    void shouldNotSkipWhenTheFilterIsRefused() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(
                400, "{\"error\":{\"code\":\"ODataError\",\"message\":\"Invalid filter\",\"target\":\"x\"}}"));

        StepVerifier.create(rows(transport, TimedRow.LIST))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("a window of at")
                        .hasMessageContaining("withoutTimeWindows()"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldNotGuessBehindAnEmptyPageWithALink() {
        ScriptedTransport transport = ScriptedTransport.of(page("/api/rows?$skip=0"));

        StepVerifier.create(rows(transport, TimedRow.LIST))
                .expectError(PagingException.class)
                .verify(PATIENCE);
    }

    // ---- bad rows ------------------------------------------------------------------------------------------------

    @Test
    void shouldDeliverARowWithoutATimeOnceWhateverWindowsBringIt() {
        TimedRow timeless = new TimedRow("timeless", null);
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=3", row(9), timeless, row(8)), page(null, row(8), timeless, row(7)));

        StepVerifier.create(rows(transport, TimedRow.LIST).map(TimedRow::id).collectList())
                .assertNext(ids -> assertThat(ids).containsExactly("9", "timeless", "8", "7"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDeliverAllRowsOfAPageThatHaveTheSameId() {
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=4", TimedRow.of("a", 5), TimedRow.of("a", 5), TimedRow.of("a", 4), row(3)),
                page(null, row(3), row(2)));

        StepVerifier.create(rows(transport, TimedRow.LIST).map(TimedRow::id).collectList())
                .assertNext(ids -> assertThat(ids).containsExactly("a", "a", "a", "3", "2"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDropRowsOfOneIdAtTheEdgeAsOftenAsTheyCame() {
        ScriptedTransport transport = ScriptedTransport.of(
                page("/api/rows?$skip=3", row(9), TimedRow.of("a", 5), TimedRow.of("a", 5)),
                page(null, TimedRow.of("a", 5), TimedRow.of("a", 5), TimedRow.of("a", 5), row(2)));

        StepVerifier.create(rows(transport, TimedRow.LIST).map(TimedRow::id).collectList())
                .assertNext(ids -> assertThat(ids).containsExactly("9", "a", "a", "a", "2"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDeliverRowsOfOneIdOnceEachBehindABreak() {
        Answer first = page(null, TimedRow.of("a", 5), TimedRow.of("a", 5), row(4), TimedRow.of("a", 5));
        int length = first.length();
        for (int position = 0; position < length; position++) {
            ScriptedTransport transport = ScriptedTransport.of(
                    page(null, TimedRow.of("a", 5), TimedRow.of("a", 5), row(4), TimedRow.of("a", 5))
                            .chunks(16)
                            .breakAt(position, reset()),
                    page(null, TimedRow.of("a", 5), TimedRow.of("a", 5), row(4), TimedRow.of("a", 5)));

            List<String> ids = rows(transport, TimedRow.LIST)
                    .map(TimedRow::id)
                    .collectList()
                    .block(PATIENCE);

            assertThat(ids).as("break at byte %d", position).containsExactly("a", "a", "4", "a");
        }
    }

    // ---- other ways to read --------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"$top", "$skip", "$orderby"})
    void shouldNotUseWindowsForACutOrAnOrder(String option) {
        ScriptedTransport transport = ScriptedTransport.of(page(null, row(1)));
        Call<TimedRow> call = TimedRow.LIST.call().query(option, "5").build();

        StepVerifier.create(rows(transport, call))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows?" + option + "=5");
    }

    @Test
    void shouldFollowLinksWhenAsked() {
        ScriptedTransport transport =
                ScriptedTransport.of(page("/api/rows?$skip=2", row(9), row(8)), page(null, row(7)));
        AtomicReference<ReadReport> report = new AtomicReference<>();

        StepVerifier.create(rows(transport, TimedRow.LIST).withoutTimeWindows().doOnReport(report::set))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows", "/api/rows?$skip=2");
        assertThat(untimed(report.get())).isEqualTo(new ReadReport(true, 3, 0, 0, 2, 2, Duration.ZERO));
    }

    @Test
    void shouldCountPagesWhenAsked() {
        ScriptedTransport transport = ScriptedTransport.of(page(null, row(9), row(8)), page(null));

        StepVerifier.create(rows(transport, TimedRow.LIST).pageSize(5))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows?$top=5", "/api/rows?$top=5&$skip=2");
    }

    // ---- a collection that changes meanwhile ---------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"NEWEST_FIRST", "OLDEST_FIRST", "NONE"})
    void shouldLoseNothingAndRepeatNothingWhileRowsComeAndGo(TimedService.Order order) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TimedService service = new TimedService(order, 10);
            for (int i = 0; i < 150; i++) {
                service.rows.add(TimedRow.of("old" + i, random.nextInt(100)));
            }
            Set<String> lasting = new HashSet<>();
            service.rows.forEach(row -> lasting.add(row.id()));
            int[] added = {0};
            service.beforeEach(() -> {
                for (int i = 0; i < 2; i++) {
                    service.rows.add(TimedRow.of("new" + added[0]++, random.nextInt(200)));
                }
                lasting.remove(
                        service.rows.remove(random.nextInt(service.rows.size())).id());
            });

            List<String> ids = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                    .map(TimedRow::id)
                    .collectList()
                    .block(PATIENCE);

            assertThat(ids).as("seed %d", seed).doesNotHaveDuplicates().containsAll(lasting);
        }
    }

    // ---- breaks, tokens, demand, cancel --------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldGoOnBehindABreakAtEveryByteOfTheSecondWindow(TimedService.Order order) {
        int length = new TimedService(order, 10).filled(25).apply(request()).length();
        for (int position = 0; position < length; position++) {
            int end = position;
            ScriptedTransport[] holder = new ScriptedTransport[1];
            TimedService service = new TimedService(order, 10).filled(25);
            ScriptedTransport transport = ScriptedTransport.serving(request -> {
                Answer answer = service.apply(request).chunks(16);
                return holder[0].calls() == 2 ? answer.breakAt(end, reset()) : answer;
            });
            holder[0] = transport;

            List<String> ids = rows(transport, TimedRow.LIST)
                    .map(TimedRow::id)
                    .collectList()
                    .block(PATIENCE);

            assertThat(ids).as("break at byte %d", position).hasSize(25).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldRememberRowsDeliveredBeforeABreakThatThePageNoLongerReaches() {
        TimedService service = new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(15);
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(request -> {
            if (holder[0].calls() == 2) {
                // Five newer rows push five delivered ones off the page that is asked for again.
                IntStream.range(0, 5).forEach(i -> service.rows.add(TimedRow.of("new" + i, 100 + i)));
            }
            Answer answer = service.apply(request).chunks(8);
            return holder[0].calls() == 1 ? answer.breakAt(answer.length() - 45, reset()) : answer;
        });
        holder[0] = transport;

        List<String> ids =
                rows(transport, TimedRow.LIST).map(TimedRow::id).collectList().block(PATIENCE);

        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        assertThat(transport.calls()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(TimedService.Order.class)
    void shouldLoseNothingFromAnyToken(TimedService.Order order) {
        TimedService service = new TimedService(order, 10);
        for (int i = 0; i < 95; i++) {
            service.rows.add(TimedRow.of("r" + i, i / 3));
        }
        List<Page<TimedRow>> pages = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .byPage()
                .collectList()
                .block(PATIENCE);
        assertThat(pages).hasSizeGreaterThan(9);

        Set<String> before = new HashSet<>();
        for (Page<TimedRow> page : pages.subList(0, pages.size() - 1)) {
            page.items().forEach(row -> before.add(row.id()));
            ContinuationToken token = ContinuationToken.parse(page.next().toString());
            assertThat(token).isEqualTo(page.next());
            assertThat(token.toString()).matches("[A-Za-z0-9_-]+");
            List<String> rest = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                    .resumeFrom(token)
                    .map(TimedRow::id)
                    .collectList()
                    .block(PATIENCE);
            assertThat(rest).doesNotHaveDuplicates();
            Set<String> all = new HashSet<>(before);
            all.addAll(rest);
            assertThat(all).hasSize(95);
            if (order != TimedService.Order.NONE) {
                assertThat(before.size() + rest.size()).isLessThanOrEqualTo(95 + 3);
            }
        }
    }

    @Test
    void shouldKeepItsWindowsInTheToken() {
        TimedService service = new TimedService(TimedService.Order.OLDEST_FIRST, 10).filled(25);
        ContinuationToken token = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .byPage()
                .blockFirst(PATIENCE)
                .next();
        service.filters.clear();

        rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .resumeFrom(ContinuationToken.parse(token.toString()))
                .blockLast(PATIENCE);

        assertThat(service.filters)
                .containsExactly("at ge 2026-03-01T00:00:00.0000009Z", "at ge 2026-03-01T00:00:00.0000018Z");
    }

    @Test
    void shouldReadWindowsOfEveryForm() {
        for (String text : List.of("_", "12_", "_34", "12_34", "-34_-12")) {
            assertThat(TimeWindow.parse(text).text()).isEqualTo(text);
        }
        assertThat(TimeWindow.parse("_")).isEqualTo(TimeWindow.OPEN);
    }

    @Test
    void shouldRefuseATokenOfAnotherFilter() {
        TimedService service = new TimedService(TimedService.Order.OLDEST_FIRST, 10).filled(25);
        ContinuationToken token = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .byPage()
                .blockFirst(PATIENCE)
                .next();
        PagedFlux<TimedRow> other = rows(
                ScriptedTransport.of(),
                TimedRow.LIST.call().query("$filter", "id ne 'a'").build());

        assertThatThrownBy(() -> other.resumeFrom(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other arguments");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "10,1", "11,2", "19,2", "20,3", "25,3"})
    void shouldAskForExactlyTheWindowsThatDemandNeeds(long demand, int calls) {
        ScriptedTransport transport =
                ScriptedTransport.serving(new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(30));

        StepVerifier.create(rows(transport, TimedRow.LIST), demand)
                .expectSubscription()
                .expectNextCount(demand)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(calls);
    }

    @Test
    void shouldReadTheSameAheadOfDemand() {
        for (TimedService.Order order : TimedService.Order.values()) {
            TimedService service = new TimedService(order, 10).filled(95);

            List<String> ids = rows(ScriptedTransport.serving(service), TimedRow.LIST)
                    .prefetchPages(2)
                    .map(TimedRow::id)
                    .collectList()
                    .block(PATIENCE);

            assertThat(ids).as("%s", order).hasSize(95).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldStopAtACancelBehindEverySignal() {
        for (int signals = 0; signals <= 25; signals++) {
            ScriptedTransport transport =
                    ScriptedTransport.serving(new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(25));
            List<ReadReport> reports = new ArrayList<>();

            StepVerifier.create(rows(transport, TimedRow.LIST).doOnReport(reports::add), signals)
                    .expectSubscription()
                    .expectNextCount(signals)
                    .thenCancel()
                    .verify(PATIENCE);

            int needed = signals == 0 ? 0 : signals <= 10 ? 1 : signals <= 19 ? 2 : 3;
            assertThat(transport.calls()).as("cancel behind %d", signals).isEqualTo(needed);
            assertThat(reports).hasSize(1);
            assertThat(reports.get(0).items()).isEqualTo(signals);
            assertThat(reports.get(0).calls()).isEqualTo(needed);
            assertThat(reports.get(0).complete()).isFalse();
        }
    }

    // ---- cost ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"NEWEST_FIRST,40,1", "NEWEST_FIRST,200000,21", "OLDEST_FIRST,200000,21"})
    void shouldCostLittleMoreThanThePagesThereAre(TimedService.Order order, int total, int calls) {
        ReadReport report = cost(new TimedService(order, 10_000).filled(total));

        assertThat(untimed(report))
                .isEqualTo(new ReadReport(true, total, calls - 1, calls, calls, calls, Duration.ZERO));
    }

    @Test
    void shouldCostAFewTimesThePagesWhenNothingIsSorted() {
        ReadReport report = cost(new TimedService(TimedService.Order.NONE, 10_000).filled(200_000));

        assertThat(report.items()).isEqualTo(200_000);
        assertThat(report.calls()).isBetween(21L, 127L);
    }

    @Test
    void shouldCostTheSameInBursts() {
        TimedService service = new TimedService(TimedService.Order.NEWEST_FIRST, 10_000);
        for (int i = 0; i < 100_000; i++) {
            // Half a year of quiet between bursts of twenty thousand in two milliseconds.
            service.rows.add(TimedRow.of("r" + i, -(i / 20_000) * 157_680_000_000_000L + i % 20_000));
        }

        assertThat(cost(service).calls()).isEqualTo(11);
    }

    // ---- the report ----------------------------------------------------------------------------------------------

    @Test
    void shouldReportRepeatsAndRetries() {
        TimedService service = new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(25);
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> holder[0].calls() == 2 ? Answer.of(503, "") : service.apply(request));
        holder[0] = transport;
        List<ReadReport> reports = new ArrayList<>();

        StepVerifier.create(
                        rows(transport, TimedRow.LIST).doOnReport(reports::add).byPage())
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(reports)
                .extracting(TimeWindowTest::untimed)
                .containsExactly(new ReadReport(true, 25, 2, 3, 3, 4, Duration.ZERO));
    }

    @Test
    void shouldReportAReadThatFails() {
        List<ReadReport> reports = new ArrayList<>();

        StepVerifier.create(rows(ScriptedTransport.of(Answer.of(403, "{}")), TimedRow.LIST)
                        .doOnReport(reports::add))
                .expectError()
                .verify(PATIENCE);

        assertThat(reports)
                .extracting(TimeWindowTest::untimed)
                .containsExactly(new ReadReport(false, 0, 0, 0, 0, 1, Duration.ZERO));
    }

    @Test
    void shouldEndInTheErrorOfAListener() {
        IllegalStateException broken = new IllegalStateException("deaf");

        StepVerifier.create(rows(ScriptedTransport.of(page(null, row(1))), TimedRow.LIST)
                        .doOnReport(report -> {
                            throw broken;
                        }))
                .expectNextCount(1)
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(broken))
                .verify(PATIENCE);
    }

    // ---- fixtures ------------------------------------------------------------------------------------------------

    private static ReadReport cost(TimedService service) {
        Collections.shuffle(service.rows, new Random(1));
        AtomicReference<ReadReport> report = new AtomicReference<>();
        rows(ScriptedTransport.serving(request -> service.apply(request).chunks(60_000)), TimedRow.LIST_LARGE)
                .doOnReport(report::set)
                .blockLast(PATIENCE);
        return report.get();
    }

    /** On the system's clock even a permit that is there takes some time. */
    private static ReadReport untimed(ReadReport read) {
        return new ReadReport(
                read.complete(),
                read.items(),
                read.repeats(),
                read.windows(),
                read.pages(),
                read.calls(),
                Duration.ZERO);
    }

    private static List<String> ids(TimedService service) {
        return rows(ScriptedTransport.serving(service), TimedRow.LIST)
                .map(TimedRow::id)
                .collectList()
                .block(PATIENCE);
    }

    private static TimedRow row(long tick) {
        return TimedRow.of(Long.toString(tick), tick);
    }

    private static Answer page(String link, TimedRow... rows) {
        return TimedService.page(Arrays.asList(rows), link);
    }

    private static List<String> filters(ScriptedTransport transport) {
        return transport.targets().stream()
                .map(target -> java.net.URLDecoder.decode(target, java.nio.charset.StandardCharsets.UTF_8))
                .map(target -> target.contains("?") ? target.substring("/api/rows?$filter=".length()) : "")
                .toList();
    }

    private static io.github.defenderreactive.runtime.transport.TransportRequest request() {
        return new io.github.defenderreactive.runtime.transport.TransportRequest(
                "GET",
                java.net.URI.create("https://api.test/api/rows?$filter=at%20ge%200001-01-01T00:00:00Z"),
                java.util.Map.of(),
                null,
                Lane.BULK);
    }

    private static ConnectionException reset() {
        return new ConnectionException("The connection broke off", true, ErrorContext.NONE, null);
    }

    private static PagedFlux<TimedRow> rows(ScriptedTransport transport, Operation<TimedRow> operation) {
        return rows(transport, operation.call().build());
    }

    private static PagedFlux<TimedRow> rows(ScriptedTransport transport, Call<TimedRow> call) {
        return Pipelines.over(transport).clock(CLOCK).build().paged(call);
    }
}
