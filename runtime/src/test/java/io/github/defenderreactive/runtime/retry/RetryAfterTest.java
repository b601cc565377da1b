package io.github.defenderreactive.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which a service asks to wait. */
class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "8 | PT8S",
                " 120  | PT2M",
                "999999999999999999 | P7D",
                "Mon, 23 Nov 2026 10:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 09:00:00 GMT | PT0S",
                "Sat, 23 Nov 2069 10:00:00 GMT | P7D"
            })
    void shouldReadSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.ofHeader(header, CLOCK)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "2026-11-23T10:00:00Z"})
    void shouldTakeAnythingElseForNothing(String header) {
        assertThat(RetryAfter.ofHeader(header, CLOCK)).isNull();
    }

    @Test
    void shouldTakeNoHeaderForNothing() {
        assertThat(RetryAfter.ofHeader(null, CLOCK)).isNull();
        assertThat(RetryAfter.ofMessage(null)).isNull();
    }

    @Test
    void shouldReadTheWaitOutOfAText() {
        assertThat(RetryAfter.ofMessage("Quota of 30 exceeded. You can send requests again in 8 seconds."))
                .isEqualTo(Duration.ofSeconds(8));
        assertThat(RetryAfter.ofMessage("Try in 1 second")).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryAfter.ofMessage("Maximum 30 per 00:01:00")).isNull();
    }
}
