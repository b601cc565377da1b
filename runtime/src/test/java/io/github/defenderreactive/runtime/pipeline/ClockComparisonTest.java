package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** A local clock that differs from the dates of responses changes nothing that is read, and the log says so. */
class ClockComparisonTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROWS = 3;

    @AutoClose
    private final FaultServer server = FaultServer.start();

    @AutoClose("dispose")
    private final ReactorNettyTransport transport =
            ReactorNettyTransport.create(TransportOptions.builder().build());

    /** Reads the list a number of times; gives what was written to the log. */
    private String logged(Duration localAhead, String date, int times) {
        RowService service = new RowService(ROWS, 1_000);
        Answer page = Answer.json(service.page(null));
        server.answer(date == null ? page : page.header("Date", date));
        Pipeline pipeline = Pipelines.over(transport)
                .apiRoot(server.uri("/api"))
                .clock(Clock.fixed(NOW.plus(localAhead), ZoneOffset.UTC))
                .build();
        return logged(() -> {
            for (int i = 0; i < times; i++) {
                StepVerifier.create(pipeline.paged(Row.LIST_UNLIMITED.call().build()))
                        .expectNextCount(ROWS)
                        .expectComplete()
                        .verify(PATIENCE);
            }
        });
    }

    private static String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    private static String honest() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "-400, PT9600H behind",
        "-2, PT48H behind",
        "2, PT48H ahead of",
        "400, PT9600H ahead of",
    })
    void shouldReadAllAndSayOnceThatTheClocksDiffer(long days, String words) {
        assertThat(logged(Duration.ofDays(days), honest(), 3))
                .containsOnlyOnce("The local clock is " + words + " the date of a response (2026-11-30T12:00:00Z)");
    }

    @Test
    void shouldSayItAgainAfterAnHour() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
        ClockComparison comparison =
                new ClockComparison(Clock.fixed(NOW.plus(Duration.ofDays(2)), ZoneOffset.UTC), nanos::get);
        ResponseHead head = new ResponseHead(200, Map.of("date", honest()));
        Runnable compare = () -> comparison.compare(head);

        assertThat(logged(compare)).contains("The local clock");
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1) - 1);
        assertThat(logged(compare)).isEmpty();
        nanos.addAndGet(1);
        assertThat(logged(compare)).contains("The local clock");
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 0, 299})
    void shouldNotComplainOfAFewMinutes(long seconds) {
        assertThat(logged(Duration.ofSeconds(seconds), honest(), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Mon, 30 Feb 2026 12:00:00 GMT"})
    void shouldCompareNothingWithADateThatMeansNothing(String date) {
        assertThat(logged(Duration.ofDays(2), date, 1)).isEmpty();
        assertThat(logged(Duration.ofDays(2), null, 1)).isEmpty();
    }
}
