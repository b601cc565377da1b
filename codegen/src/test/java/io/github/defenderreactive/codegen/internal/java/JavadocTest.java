package io.github.defenderreactive.codegen.internal.java;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTest {

    /** A brace that nothing opened would end the tag early. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GET /ships/{id} | {@code GET /ships/{id}}",
                "find(name='{name}',at={at}) | {@code find(name='{name}',at={at})}",
                "a} | <code>a&#125;</code>",
                "} | <code>&#125;</code>",
                "{a | <code>&#123;a</code>",
                "a*/b | <code>a&#42;&#47;b</code>",
                "x<y | <code>x&lt;y</code>"
            })
    void shouldKeepCodeInsideItsTag(String text, String markup) {
        assertThat(Javadoc.code(text)).isEqualTo(markup);
    }
}
