package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.paging.ReadForecast;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a read is said to cost, against what it then costs. */
class ReadForecastTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RateLimiter limiter = RateLimiter.builder().scheduler(time).build();

    @AfterEach
    void stop() {
        time.dispose();
    }

    private PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport)
                .rateLimiter(limiter)
                .build()
                .paged(Row.LIST.call().build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 11, 30, 95})
    void shouldCountThePagesBehindLinks(int items) {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(items, 10));
        PagedFlux<Row> rows = rows(transport).allowTruncation();

        assertThat(rows.forecast(items).calls()).isEqualTo(callsOf(rows, transport));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 30, 95})
    void shouldCountTheEmptyPageBehindThoseCountedByOffset(int items) {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(items, 5));
        PagedFlux<Row> rows = rows(transport).pageSize(5);

        assertThat(rows.forecast(items).calls()).isEqualTo(callsOf(rows, transport));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 30, 95})
    void shouldCountWindowsOfRowsInOrder(int items) {
        ScriptedTransport transport =
                ScriptedTransport.serving(new TimedService(TimedService.Order.NEWEST_FIRST, 10).filled(items));
        PagedFlux<TimedRow> rows =
                Pipelines.over(transport).build().paged(TimedRow.LIST.call().build());

        assertThat(rows.forecast(items).calls()).isEqualTo(callsOf(rows, transport));
    }

    @Test
    void shouldCountOnePageWhereTheCallSaysHowMany() {
        PagedFlux<Row> rows = Pipelines.over(ScriptedTransport.of())
                .build()
                .paged(Row.LIST.call().query("$top", "7").build());

        assertThat(rows.forecast(1_000)).isEqualTo(new ReadForecast(1, Duration.ZERO));
    }

    @Test
    void shouldSayHowLongTheQuotaTakes() {
        Quota quota = Row.LIST.info().quota();
        assertThat(quota.perMinute()).isEqualTo(100);
        ScriptedTransport transport = ScriptedTransport.of();
        PagedFlux<Row> rows = rows(transport);

        assertThat(rows.forecast(3_111)).isEqualTo(new ReadForecast(312, Duration.ofMinutes(3)));
        assertThat(rows.forecast(3_111)).hasToString("This read needs 312 calls, about 3 minutes at your quota");
        assertThat(rows.forecast(3)).hasToString("This read needs 1 call, about 0 seconds at your quota");
        limiter.permits().pause(quota, Duration.ofSeconds(70));
        assertThat(rows.forecast(3)).hasToString("This read needs 1 call, about 1 minute at your quota");
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldCountAnyNumberOfItems() {
        PagedFlux<Row> rows = rows(ScriptedTransport.of());

        assertThat(rows.forecast(Long.MAX_VALUE).calls()).isEqualTo(Long.MAX_VALUE / 10 + 1);
    }

    @Test
    void shouldRefuseFewerThanNothing() {
        PagedFlux<Row> rows = rows(ScriptedTransport.of());
        assertThatThrownBy(() -> rows.forecast(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long callsOf(PagedFlux<?> rows, ScriptedTransport transport) {
        rows.blockLast(PATIENCE);
        return transport.calls();
    }
}
