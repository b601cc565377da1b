package io.github.defenderreactive.runtime.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
                "Fri, 31 Dec 1999 23:59:60 GMT | 2000-01-01T00:00:00Z",
                "Thu, 29 Feb 2024 00:00:00 GMT | 2024-02-29T00:00:00Z"
            })
    void shouldReadTheThreeForms(String text, Instant date) {
        assertThat(HttpDate.parse(text, Instant.parse("2026-11-23T10:00:00Z"))).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23T10:00:00Z | Monday, 23-Nov-76 10:00:00 GMT | 2076-11-23T10:00:00Z",
                "2026-11-23T10:00:00Z | Monday, 23-Nov-76 10:00:01 GMT | 1976-11-23T10:00:01Z",
                "2026-11-23T10:00:00Z | Monday, 23-Nov-77 10:00:00 GMT | 1977-11-23T10:00:00Z",
                "2026-11-23T10:00:00Z | Monday, 23-Nov-99 10:00:00 GMT | 1999-11-23T10:00:00Z",
                "2099-12-31T23:59:00Z | Friday, 01-Jan-00 00:00:30 GMT | 2100-01-01T00:00:30Z",
                "1999-12-31T23:59:00Z | Saturday, 01-Jan-00 00:00:30 GMT | 2000-01-01T00:00:30Z"
            })
    void shouldFindTheCenturyOfAYearOfTwoDigits(Instant now, String text, Instant date) {
        assertThat(HttpDate.parse(text, now)).isEqualTo(date);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "8",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:38 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 31 Feb 2026 08:49:37 GMT",
                "Sun, 06 Nov 19944 08:49:37 GMT",
                "1994-11-06T08:49:37Z"
            })
    void shouldTakeAnythingElseForNothing(String text) {
        assertThat(HttpDate.parse(text, Instant.parse("2026-11-23T10:00:00Z"))).isNull();
    }
}
