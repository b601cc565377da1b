package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonNamesTest {

    @Test
    void shouldFindEachNameAndNoOther() {
        String[] all = IntStream.range(0, 500).mapToObj(i -> "name" + i * i).toArray(String[]::new);
        JsonNames names = JsonNames.of(all);
        for (int i = 0; i < all.length; i++) {
            assertThat(find(names, all[i])).isEqualTo(i);
            assertThat(find(names, all[i] + "x")).isEqualTo(-1);
        }
        assertThat(find(names, "")).isEqualTo(-1);
        assertThat(find(JsonNames.of(), "a")).isEqualTo(-1);
        assertThat(find(JsonNames.of("é", ""), "é")).isZero();
        assertThat(find(JsonNames.of("é", ""), "")).isOne();
    }

    @Test
    void shouldGuessTheOrderGivenAndThenTheOrderMet() {
        JsonNames names = JsonNames.of("a", "b", "c");
        assertThat(names.guess(JsonNames.START)).isZero();
        assertThat(names.guess(0)).isOne();
        assertThat(names.guess(2)).isEqualTo(names.count());
        for (String json : new String[] {"{\"c\":1,\"a\":2}", "{\"c\":1,\"new\":0,\"a\":2}"}) {
            JsonReader in = JsonReader.of(json);
            in.beginObject();
            while (in.nextMember()) {
                in.name(names);
                in.skipValue();
            }
        }
        assertThat(names.guess(JsonNames.START)).isEqualTo(2);
        assertThat(names.guess(2)).isZero();
    }

    @Test
    void shouldRefuseDuplicatesAndNamesThatNeedEscapes() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonNames.of("a", "b", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonNames.of("a\"b"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonNames.of("a\\b"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonNames.of("a\nb"));
    }

    private static int find(JsonNames names, String name) {
        byte[] bytes = Documents.utf8("x" + name + "y");
        return names.find(bytes, 1, bytes.length - 1);
    }
}
