package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times of the JDK are the reference. */
class InstantTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "1, 1970-01-01T00:00:00.000000001Z",
        "10, 1970-01-01T00:00:00.00000001Z",
        "100, 1970-01-01T00:00:00.0000001Z",
        "123456700, 1970-01-01T00:00:00.1234567Z",
        "123456000, 1970-01-01T00:00:00.123456Z",
        "123450000, 1970-01-01T00:00:00.12345Z",
        "123400000, 1970-01-01T00:00:00.1234Z",
        "123000000, 1970-01-01T00:00:00.123Z",
        "120000000, 1970-01-01T00:00:00.12Z",
        "100000000, 1970-01-01T00:00:00.1Z",
        "999999999, 1970-01-01T00:00:00.999999999Z",
        "123456789, 1970-01-01T00:00:00.123456789Z",
        "123456780, 1970-01-01T00:00:00.12345678Z"
    })
    void shouldWriteAndReadEveryNumberOfFractionDigits(int nanos, String text) {
        Instant instant = Instant.ofEpochSecond(0, nanos);
        assertThat(JsonWriter.text(instant)).isEqualTo(text);
        assertThat(parse(text)).isEqualTo(instant);
        assertThat(isCanonical(text)).isTrue();
    }

    @Test
    void shouldAgreeWithTheCalendarOnEveryDay() {
        LocalDate day = LocalDate.of(0, 1, 1);
        LocalDate end = LocalDate.of(10_000, 1, 1);
        for (; day.isBefore(end); day = day.plusDays(day.getYear() % 100 == 0 ? 1 : 13)) {
            String text = DateTimeFormatter.ISO_LOCAL_DATE.format(day);
            Instant expected = day.atStartOfDay().toInstant(ZoneOffset.UTC);
            assertThat(parse(text)).isEqualTo(expected);
            assertThat(JsonWriter.text(expected)).isEqualTo(text + "T00:00:00Z");
        }
    }

    @Test
    void shouldReadWhatItWrites() {
        Random random = new Random(7);
        long from = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    from + (long) (random.nextDouble() * (to - from)), random.nextInt(1_000_000_000));
            String text = JsonWriter.text(instant);
            assertThat(Instant.parse(text)).isEqualTo(instant);
            assertThat(parse(text)).isEqualTo(instant);
            assertThat(isCanonical(text)).isTrue();
        }
    }

    @Test
    void shouldRefuseEveryOtherByteInADate() {
        byte[] date = Documents.utf8("2021-04-29");
        for (int at = 0; at < date.length; at++) {
            for (int b = 0; b < 256; b++) {
                byte[] changed = date.clone();
                changed[at] = (byte) b;
                boolean dash = at == 4 || at == 7;
                if (dash ? b != '-' : b < '0' || b > '9') {
                    assertThat(InstantText.parse(changed, 0, changed.length)).isNull();
                }
            }
        }
    }

    @Test
    void shouldFallBackToTheJdkForYearsOfMoreDigits() {
        assertThat(JsonWriter.text(Instant.parse("+10000-01-01T00:00:00Z"))).isEqualTo("+10000-01-01T00:00:00Z");
        assertThat(JsonWriter.text(Instant.parse("-0001-12-31T23:59:59.5Z"))).isEqualTo("-0001-12-31T23:59:59.500Z");
        assertThat(JsonWriter.text(Instant.MAX)).isEqualTo(Instant.MAX.toString());
        assertThat(new JsonWriter().instant(Instant.MIN).toString()).isEqualTo("\"" + Instant.MIN + "\"");
    }

    private static Instant parse(String text) {
        byte[] bytes = Documents.utf8("??" + text + "??");
        return InstantText.parse(bytes, 2, bytes.length - 2);
    }

    private static boolean isCanonical(String text) {
        return InstantText.isCanonical(Documents.utf8(text), 0, text.length());
    }
}
