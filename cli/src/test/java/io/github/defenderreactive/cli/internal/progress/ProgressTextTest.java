package io.github.defenderreactive.cli.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "items   | 0          | -1         | 3     | 0 items, 3 s",
                "items   | 1234567    | -1         | 100   | 1,234,567 items, 12,346 a second",
                "rows    | 500        | 2000       | 10    | 500 of 2,000 rows, 50 a second, 30 s left",
                "devices | 2          | 40         | 60    | 2 of 40 devices, 2 a minute, 19 min 0 s left",
                "devices | 1          | 2          | 7200  | 1 of 2 devices, 2 h 0 min, 2 h 0 min left",
                "devices | 2          | 2          | 1     | 2 of 2 devices, 2 a second",
                "bytes   | 12340000   | -1         | 2     | 12.3 MB, 6.2 MB a second",
                "bytes   | 12340000   | 1234000000 | 2     | 12.3 of 1,234.0 MB, 6.2 MB a second, 3 min 18 s left",
                "bytes   | 0          | 10         | 0     | 0.0 of 0.0 MB, 0 s"
            })
    void shouldShowFiguresRateAndRemainingTime(String unit, long done, long total, long seconds, String text) {
        assertThat(ProgressText.of(Measure.of(unit, done, total), Duration.ofSeconds(seconds)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.25 | 1 of 4 files, 2,000 records, 200 a second, 30 s left",
                "0    | 1 of 4 files, 2,000 records, 200 a second"
            })
    void shouldShowOtherFiguresFirst(double share, String text) {
        Measure measure = new Measure("records", 2_000, Measure.UNKNOWN, "1 of 4 files", share);

        assertThat(ProgressText.of(measure, Duration.ofSeconds(10))).isEqualTo(text);
    }
}
