package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that cannot be read, among rows that can. */
class UnreadableItemTest {

    private static final JsonLimits LIMITS = JsonLimits.builder()
            .itemBytes(200)
            .entityBytes(1000)
            .depth(5)
            .pageBytes(1_000_000)
            .itemValues(20)
            .entityValues(20)
            .build();

    private final List<UnreadableItem> told = new ArrayList<>();
    private final List<String> items = new ArrayList<>();

    private static String readId(JsonReader in) {
        String id = "";
        in.beginObject();
        while (in.nextMember()) {
            if (in.name().equals("id")) {
                id = in.readString();
            } else {
                in.skipValue();
            }
        }
        return id;
    }

    private void read(String json, int size, boolean skipping) {
        EnvelopeReader<String> reader =
                new EnvelopeReader<>(UnreadableItemTest::readId, LIMITS, skipping ? told::add : null);
        byte[] bytes = Documents.utf8(json);
        for (int from = 0; from < bytes.length; from += size) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
            pull(reader);
            assertThat(reader.windowSize()).as("what is skipped is not held").isLessThan(size + 3 * 1024);
        }
        reader.endOfInput();
        pull(reader);
        assertThat(reader.ended()).isTrue();
        assertThat(reader.envelope().items()).isEqualTo(items.size() + told.size());
    }

    private void pull(EnvelopeReader<String> reader) {
        for (@Nullable String item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
    }

    static Stream<String> unreadable() {
        return Stream.of(
                "null",
                "5",
                "-1.5e3",
                "true",
                "\"a text, with ] and } and \\\" in it\"",
                "[]",
                "[[1,2],{\"a\":\"]\"}]",
                "{\"id\":7}",
                "{\"id\":\"x\",\"a\":\"" + "y".repeat(200) + "\"}",
                "{\"id\":\"x\",\"a\":\"" + "]}\\\"".repeat(20_000) + "\"}",
                "{\"id\":\"x\",\"a\":[[[[[[1]]]]]]}",
                "{\"id\":\"x\",\"a\":[" + "0,".repeat(30) + "0]}");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldSkipItWhereverChunksEnd(String bad) {
        String json = "{\"value\":[{\"id\":\"one\"}," + bad + " ,{\"id\":\"two\"}," + bad + "],\"@odata.count\":4}";
        for (int size : new int[] {1, 2, 3, 7, 50, 100, 1_000, 100_000}) {
            told.clear();
            items.clear();
            if (json.length() / size > 20_000) {
                continue;
            }

            read(json, size, true);

            assertThat(items).as("chunks of %d", size).containsExactly("one", "two");
            assertThat(told).extracting(UnreadableItem::path).containsExactly("$.value[1]", "$.value[3]");
            assertThat(told).allSatisfy(item -> {
                assertThat(item.bytes()).isEqualTo(bad.length());
                assertThat(item.json()).isEqualTo(bad.substring(0, Math.min(bad.length(), UnreadableItem.MOST_BYTES)));
                assertThat(item.problem()).isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldFailWhenNobodyIsToldOfIt(String bad) {
        String json = "{\"value\":[{\"id\":\"one\"}," + bad + ",{\"id\":\"two\"}]}";
        assertThatThrownBy(() -> read(json, 1_000, false))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        failure -> assertThat(failure.path()).startsWith("$.value[1]"));
        assertThat(items).containsExactly("one");
    }

    @Test
    void shouldSayWhatIsWrong() {
        read("[null,7,{\"a\":\"" + "x".repeat(300) + "\"}]", 1_000, true);

        assertThat(told)
                .extracting(UnreadableItem::problem)
                .containsExactly(
                        "Expected an object but found null",
                        "Expected an object but found '7'",
                        "Item larger than 200 bytes (to allow more, set a larger itemBytes"
                                + " in the jsonLimits of the client builder)");
    }

    @Test
    void shouldFailWhenTheInputEndsInsideIt() {
        for (String cut : List.of("[{\"id\":7", "[5", "[\"x", "[{\"id\":\"x\",\"a\":\"" + "y".repeat(300))) {
            assertThatThrownBy(() -> read(cut, 1_000, true))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Unexpected end of input");
        }
    }

    @Test
    void shouldFailWhenWhatFollowsIsNoJson() {
        assertThatThrownBy(() -> read("{\"value\":[{\"id\":}} {]}", 1_000, true))
                .isInstanceOf(JsonException.class);
    }
}
