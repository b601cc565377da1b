package io.github.defenderreactive.cli.internal.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00.5Z"), ZoneOffset.UTC);
    private static final Map<Reference, String> FOUND =
            Map.of(Reference.parse("listX.id"), "$1", Reference.parse("listY.id"), "y");

    private static String filled(String text) {
        return new Template(text)
                .fill(reference -> Optional.ofNullable(FOUND.get(reference)), CLOCK, value -> "<" + value + ">");
    }

    @Test
    void shouldReplaceEveryPlaceholder() {
        assertThat(filled("plain")).isEqualTo("plain");
        assertThat(filled("a ${listX.id} b ${listY.id}")).isEqualTo("a <$1> b <y>");
        assertThat(filled("${listZ.id|listY.id|listX.id}")).isEqualTo("<y>");
        assertThat(filled("${now-PT1H}")).isEqualTo("<2026-11-20T09:00:00Z>");
    }

    @Test
    void shouldReportMissingValues() {
        assertThatThrownBy(() -> filled("${listY.id} ${listZ.id|listZ.name}"))
                .isInstanceOf(MissingValueException.class)
                .hasMessage("no response contains listZ.id|listZ.name");
    }

    @Test
    void shouldReturnItsReferences() {
        assertThat(new Template("${listX.id|listY.id} ${now-P1D}").references())
                .containsExactly(Reference.parse("listX.id"), Reference.parse("listY.id"));
    }
}
