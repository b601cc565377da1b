package io.github.defenderreactive.runtime.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of a refusal. */
class ReportedLimitTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Quota exceeded! Maximum allowed 30 per 00:01:00 for the key K. Again in 8 seconds. | 30 | PT1M",
                "maximum allowed 1500 per 01:00:00 | 1500 | PT1H",
                "maximum allowed 5 per 0:15:30 | 5 | PT15M30S"
            })
    void shouldReadCallsAndWindow(String message, int calls, Duration window) {
        assertThat(ReportedLimit.ofMessage(message)).isEqualTo(new ReportedLimit(calls, window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Maximum allowed 0 per 00:01:00",
                "Maximum allowed 30 per 00:00:00",
                "Maximum allowed 9999999999 per 00:01:00",
                "Maximum allowed many per minute"
            })
    void shouldTakeAnythingElseForNothing(String message) {
        assertThat(ReportedLimit.ofMessage(message)).isNull();
    }

    @Test
    void shouldTakeNoMessageForNothing() {
        assertThat(ReportedLimit.ofMessage(null)).isNull();
    }

    @Test
    void shouldRefuseFiguresWithoutMeaning() {
        assertThatThrownBy(() -> new ReportedLimit(0, Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReportedLimit(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
