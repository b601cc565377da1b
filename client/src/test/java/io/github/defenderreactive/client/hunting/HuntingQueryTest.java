package io.github.defenderreactive.client.hunting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders: where they are, and what cannot be bound. */
class HuntingQueryTest {

    @Test
    void shouldBindEveryPlaceholder() {
        HuntingQuery query = HuntingQuery.of("DeviceEvents | where A == {a} and B > {b} or C == {a} | take {n}")
                .bind("a", "x")
                .bind("b", Instant.parse("2026-11-30T10:00:00Z"))
                .bind("n", 5);

        assertThat(query.text())
                .isEqualTo(
                        "DeviceEvents | where A == \"x\" and B > datetime(2026-11-30T10:00:00.0000000Z) or C == \"x\""
                                + " | take 5");
        assertThat(query.bind("a", "y").text()).contains("A == \"y\"");
        assertThat(query).hasToString("DeviceEvents | where A == {a} and B > {b} or C == {a} | take {n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T | where A == \"{v}\"",
                "T | where A == '\\'{v}'",
                "T | where A == @\"\\\" // {v}",
                "T // {v} it's\n| take 1",
                "let f = (v:int) { v }; f(1)",
                "T | where A == dynamic({\"v\":1})",
                "T | where A matches regex @\"^x{2}{v}\"",
                "print ```a\n\"{v}``` // \"",
                "T | where A == 'no end"
            })
    void shouldLeaveEverythingElseUnchanged(String query) {
        assertThat(HuntingQuery.of(query).text()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "T | where A == \"{v}\"           ! {v} must not be inside a string literal",
                "T | where A == {v} or B == '{v}' ! {v} must not be inside a string literal",
                "print ```{v}```                  ! {v} must not be inside a string literal",
                "T | where A > datetime({v})      ! {v} must not be inside the literal datetime()",
                "T | where A > timespan ( {v} )   ! {v} must not be inside the literal timespan()",
                "T | where A in (dynamic([{v}]))  ! {v} must not be inside the literal dynamic()",
                "T // {v}                         ! name must be one of the placeholders [], was 'v'",
                "T | where A == {w}               ! name must be one of the placeholders [w], was 'v'",
                "T | where A == { v }             ! name must be one of the placeholders [], was 'v'"
            })
    void shouldRefuseANameThatCannotBeBound(String query, String message) {
        assertThatThrownBy(() -> HuntingQuery.of(query).bind("v", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldRefuseAQueryWithoutAllValues() {
        assertThatThrownBy(() ->
                        HuntingQuery.of("T | where {a} == {b}").bind("a", 1).text())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("query must have a value for {b}, but none is bound");
    }

    @Test
    void shouldRefusePlaceholdersWhoseLiteralsAreNotCertain() {
        assertThatThrownBy(() -> HuntingQuery.of("T | where A == {a} and B == 'x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query must not have placeholders and a string literal without an end");
    }

    @Test
    void shouldRefuseValuesThatTheLanguageCannotExpress() {
        HuntingQuery query = HuntingQuery.of("print {v}");

        assertThatThrownBy(() -> query.bind("v", Instant.MAX)).hasMessageContaining("years 1 to 9999");
        assertThatThrownBy(() -> query.bind("v", Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query.bind("v", List.of(1.5))).hasMessageContaining("was a java.lang.Double");
        assertThatThrownBy(() -> query.bind("v", Arrays.asList("a", null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> HuntingQuery.of(" ")).hasMessage("kql must not be blank");
        assertThatThrownBy(() -> query.over(Duration.ZERO)).hasMessage("period must be longer than zero, was PT0S");
    }
}
