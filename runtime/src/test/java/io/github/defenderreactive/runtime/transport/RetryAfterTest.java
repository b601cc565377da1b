package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "8 | PT8S",
                " 120  | PT2M",
                "007 | PT7S",
                "+30 | PT30S",
                "-1 | PT0S",
                "-99999999999999999999 | PT0S",
                "999999999999999999 | P7D",
                "99999999999999999999999999 | P7D",
                "604801 | P7D",
                // parts of a second are rounded up
                "7.128 | PT8S",
                "7.0 | PT7S",
                "0.001 | PT1S",
                ".5 | PT1S",
                "7. | PT7S",
                "1.99999999999999999999999999999999999999999999 | PT2S",
                "30s | PT30S",
                "30 seconds | PT30S",
                // of a list the longest
                "30,120 | PT2M",
                "120, 30 | PT2M",
                "30 , soon, 7.5 | PT30S",
                "30, Mon, 23 Nov 2026 10:02:00 GMT, 60 | PT2M",
                "Mon, 23 Nov 2026 10:00:30 GMT, Mon, 23 Nov 2026 10:00:40 GMT | PT40S",
                // dates of RFC 9110
                "Mon, 23 Nov 2026 10:00:30 GMT | PT30S",
                "Monday, 23-Nov-26 10:00:30 GMT | PT30S",
                "Mon Nov 23 10:00:30 2026 | PT30S",
                "Tue Dec  1 10:00:00 2026 | P7D",
                "Mon, 23 Nov 2026 09:00:00 GMT | PT0S",
                "Sat, 23 Nov 2069 10:00:00 GMT | P7D",
                "Monday, 23-Nov-77 10:00:30 GMT | PT0S",
                // as they are written by mistake
                "Sun, 23 Nov 2026 10:00:30 GMT | PT30S",
                "mon, 23 nov 2026 10:00:30 gmt | PT30S",
                "Mon,23 Nov 2026 10:00:30 GMT | PT30S",
                "23 Nov 2026 10:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 10:00:30 UTC | PT30S",
                "Mon, 23 Nov 2026 12:00:30 +0200 | PT30S",
                "Mon, 23 Nov 2026 10:00:60 GMT | PT1M"
            })
    void shouldReadSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.ofHeader(header, CLOCK)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "soon",
                "2026-11-23T10:00:00Z",
                "Mon, 32 Nov 2026 10:00:30 GMT",
                "Mon, 23 Foo 2026 10:00:30 GMT",
                "1e3",
                "0x10",
                "\u0661\u0662",
                "--5"
            })
    void shouldTakeAnythingElseForNothing(String header) {
        assertThat(RetryAfter.ofHeader(header, CLOCK)).isNull();
    }

    @Test
    void shouldTakeNoHeaderForNothing() {
        assertThat(RetryAfter.ofHeader(null, CLOCK)).isNull();
        assertThat(RetryAfter.ofMessage(null)).isNull();
        assertThat(RetryAfter.of(new ResponseHead(429, Map.of()), NOW)).isNull();
    }

    @Test
    void shouldTakeTheLongestOfRepeatedHeaders() {
        assertThat(wait(Map.entry("Retry-After", "3"), Map.entry("retry-after", "40"), Map.entry("Retry-After", "5")))
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(wait(Map.entry("Retry-After", "3"), Map.entry("Retry-After", "soon")))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldReadTheMillisecondsOfGateways() {
        assertThat(wait(Map.entry("retry-after-ms", "1500"))).isEqualTo(Duration.ofSeconds(2));
        assertThat(wait(Map.entry("x-ms-retry-after-ms", "12000"), Map.entry("Retry-After", "4")))
                .isEqualTo(Duration.ofSeconds(12));
        assertThat(wait(Map.entry("x-ms-retry-after-ms", "soon"))).isNull();
    }

    @Test
    void shouldCompareADateWithThatOfTheResponse() {
        Map.Entry<String, String> until = Map.entry("Retry-After", "Mon, 23 Nov 2026 10:00:30 GMT");

        assertThat(wait(until, Map.entry("Date", "Mon, 23 Nov 2026 10:00:10 GMT")))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(wait(until, Map.entry("Date", "yesterday"))).isEqualTo(Duration.ofSeconds(30));
    }

    @SafeVarargs
    private static Duration wait(Map.Entry<String, String>... headers) {
        return RetryAfter.of(ResponseHead.of(429, List.of(headers)), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Quota of 30 exceeded. You can send requests again in 8 seconds. | PT8S",
                "Try in 1 second | PT1S",
                "Rate limit is exceeded. Try again in 7.2 seconds. | PT8S",
                "Please retry after 30 seconds | PT30S",
                "Try again in 5 minutes | PT5M",
                "Try again in 1 hour. | PT1H",
                "Quota will be replenished in 00:12:34. | PT12M34S",
                "Again in 3 seconds, or in 40 seconds | PT40S",
                "again in 99999999999999999999 seconds | P7D",
                "again in 1500 ms | PT2S"
            })
    void shouldReadTheWaitOutOfAText(String text, Duration wait) {
        assertThat(RetryAfter.ofMessage(text)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Maximum 30 per 00:01:00", "in some seconds", "in 30 ways", "The query ran after 30 seconds"})
    void shouldNotTakeAnyNumberOfATextForAWait(String text) {
        assertThat(RetryAfter.ofMessage(text)).isNull();
    }
}
