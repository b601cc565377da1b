package io.github.defenderreactive.runtime.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/a b/[c]|d;/a%20b/%5Bc%5D%7Cd",
                "/a%20b+c~d'(e);/a%20b+c~d'(e)",
                "/%2f%zz%4;/%2f%25zz%254",
                "/%;/%25",
                "/\"x\"\\^`{}<>;/%22x%22%5C%5E%60%7B%7D%3C%3E",
                "/%１２;/%25%EF%BC%91%EF%BC%92",
                "/ü日\uD83D\uDE00;/%C3%BC%E6%97%A5%F0%9F%98%80"
            })
    void shouldEncodeWhatAPathCannotCarry(String path, String encoded) {
        assertThat(PercentEncoded.path(path)).isEqualTo(encoded);
        assertThat(PercentEncoded.path(encoded)).as("once more").isEqualTo(encoded);
    }

    @Test
    void shouldLeaveBracketsInAQuery() {
        assertThat(PercentEncoded.query("?a[0]=b c&sig=x%2By/z==")).isEqualTo("?a[0]=b%20c&sig=x%2By/z==");
    }

    @Test
    void shouldMakeAUriOfAnyText() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x1_0000)));
            }
            String path = text.toString().replace('?', 'x').replace('#', 'x');
            assertThatCode(() -> new URI("https://h/" + PercentEncoded.path(path) + "?" + PercentEncoded.query(path)))
                    .as(path)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"a%20b,a b", "%C3%BC,ü", "%,%", "%4,%4", "%zz%41,%zzA", "%１２,%１２"})
    void shouldDecodeEscapesOnly(String text, String decoded) {
        assertThat(PercentEncoded.decode(text)).isEqualTo(decoded);
    }
}
