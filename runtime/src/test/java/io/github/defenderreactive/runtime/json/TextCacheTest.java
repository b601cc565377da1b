package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCacheTest {

    @Test
    void shouldNeverConfuseTexts() {
        TextCache cache = new TextCache();
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            // Few letters, so that prefixes, suffixes and repetitions coincide often.
            int length = 1 + random.nextInt(TextCache.LONGEST);
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < length; j++) {
                text.append(random.nextInt(20) == 0 ? 'b' : 'a');
            }
            byte[] bytes = Documents.utf8(text.toString());
            assertThat(cache.get(bytes, 0, length)).isEqualTo(text.toString());
        }
    }

    @Test
    void shouldGiveTheSameInstanceWhereverTheBytesStand() {
        TextCache cache = new TextCache();
        for (String text : new String[] {"a", "1234567", "12345678", "1234567812345678", "123456781234567812345678"}) {
            byte[] middle = Documents.utf8("------------------" + text + "-----------------");
            byte[] end = Documents.utf8("-----" + text);
            String first = cache.get(middle, 18, text.length());
            assertThat(first).isEqualTo(text);
            assertThat(cache.get(end, 5, text.length())).isSameAs(first);
            assertThat(cache.get(Documents.utf8(text), 0, text.length())).isSameAs(first);
        }
    }
}
