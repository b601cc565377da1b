package io.github.defenderreactive.client.hunting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.json.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/**
 * Windows over a source with the limits of the service: it leaves out rows silently, refuses large results, loses
 * connections, and returns rows in another order each time. Rows may be equal.
 */
class WindowedReadTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(10));
    private static final int MOST_ROWS = 40;
    private static final int TOO_LARGE = 150;

    /** A table with a seed. */
    private static final class Table {

        private final Random random;
        private final List<Instant> times = new ArrayList<>();
        private int queries;
        private int interruptions;

        Table(long seed) {
            random = new Random(seed);
            int count = random.nextInt(1_500);
            long span = Duration.between(FROM, TO).toMillis();
            while (times.size() < count) {
                // Bursts, so that some windows are far denser than others.
                Instant time = FROM.plusMillis((long) (span * random.nextDouble() * random.nextDouble()));
                int equal = 1 + random.nextInt(3);
                times.addAll(Collections.nCopies(equal, time));
            }
        }

        Flux<HuntingRow> rows(Instant from, Instant to) {
            queries++;
            List<HuntingRow> found = new ArrayList<>();
            for (Instant time : times) {
                if (!time.isBefore(from) && time.isBefore(to)) {
                    found.add(row(time));
                }
            }
            Collections.shuffle(found, random);
            if (found.size() > TOO_LARGE) {
                return Flux.error(new BadRequestException(
                        "Query execution has exceeded the allowed result size.", ErrorContext.NONE));
            } else if (!found.isEmpty() && interruptions < 3 && random.nextInt(4) == 0) {
                interruptions++;
                return Flux.fromIterable(found)
                        .take(1L + random.nextInt(found.size()))
                        .concatWith(Flux.error(
                                new ConnectionException("Connection reset", true, true, ErrorContext.NONE, null)));
            }
            interruptions = 0;
            return found.size() < MOST_ROWS
                    ? Flux.fromIterable(found)
                    : Flux.fromIterable(found)
                            .take(MOST_ROWS)
                            .concatWith(Flux.error(new PossibleTruncationException("full", ErrorContext.NONE)));
        }

        private static HuntingRow row(Instant time) {
            return HuntingRow.read(null, JsonReader.of("{\"Timestamp\":\"" + time + "\"}"));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEmitEveryRowOnceInTheOrderOfTheWindows(long seed) {
        Table table = new Table(seed);
        List<HuntingReport> reports = new ArrayList<>();

        List<Instant> read = new WindowedRead(TimeWindow.of(FROM, TO), table::rows, reports::add)
                .rows()
                .map(row -> row.time("Timestamp"))
                .collectList()
                .block(Duration.ofSeconds(60));

        List<Instant> expected = new ArrayList<>(table.times);
        Collections.sort(expected);
        Collections.sort(read);
        assertThat(read).isEqualTo(expected);
        HuntingReport report = reports.get(0);
        assertThat(reports).hasSize(1);
        assertThat(report.rows()).isEqualTo(expected.size());
        assertThat(report.windows()).isEqualTo(report.splits() + 1);
        assertThat(report.completeUntil()).isEqualTo(TO);
        assertThat(table.queries).isGreaterThanOrEqualTo((int) (report.windows() + report.splits()));
    }
}
