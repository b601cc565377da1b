package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same items and the same envelope, wherever the bytes are cut. */
class ChunkSplitTest {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void shouldGiveTheSameAtEverySplitInTwo() throws Exception {
        for (String document : Documents.COLLECTIONS) {
            byte[] bytes = Documents.utf8(document);
            Decoded whole = decode(bytes, bytes.length);
            assertThat(whole.asTree()).isEqualTo(expected(document));
            for (int cut = 0; cut <= bytes.length; cut++) {
                EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(JsonValue::read, JsonLimits.DEFAULT);
                List<JsonValue> items = new ArrayList<>();
                feed(reader, bytes, 0, cut, items);
                feed(reader, bytes, cut, bytes.length, items);
                assertThat(finish(reader, items)).as("cut at %d", cut).isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldGiveTheSameInPiecesOfEverySize() {
        for (String document : Documents.COLLECTIONS) {
            byte[] bytes = Documents.utf8(document);
            Decoded whole = decode(bytes, bytes.length);
            for (int size = 1; size < bytes.length; size++) {
                assertThat(decode(bytes, size)).as("pieces of %d", size).isEqualTo(whole);
            }
        }
    }

    private static Decoded decode(byte[] bytes, int size) {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(JsonValue::read, JsonLimits.DEFAULT);
        List<JsonValue> items = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            feed(reader, bytes, from, Math.min(bytes.length, from + size), items);
        }
        return finish(reader, items);
    }

    private static void feed(EnvelopeReader<JsonValue> reader, byte[] bytes, int from, int to, List<JsonValue> items) {
        reader.feed(ByteBuffer.wrap(bytes, from, to - from));
        for (JsonValue item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
    }

    private static Decoded finish(EnvelopeReader<JsonValue> reader, List<JsonValue> items) {
        reader.endOfInput();
        for (JsonValue item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
        assertThat(reader.ended()).isTrue();
        assertThat(reader.itemsEnded()).isTrue();
        return new Decoded(items, reader.envelope());
    }

    private static List<Object> expected(String document) throws Exception {
        JsonNode tree = JACKSON.readTree(document);
        JsonNode items = tree.isArray() ? tree : tree.get("value");
        List<Object> all = new ArrayList<>();
        items.forEach(all::add);
        JsonNode link = tree.get("@odata.nextLink");
        all.add(link == null || link.isNull() ? "none" : link.asText());
        return all;
    }

    private record Decoded(List<JsonValue> items, Envelope envelope) {
        List<Object> asTree() throws Exception {
            List<Object> all = new ArrayList<>();
            for (JsonValue item : items) {
                all.add(JACKSON.readTree(item.json()));
            }
            all.add(envelope.nextLink() == null ? "none" : envelope.nextLink());
            return all;
        }
    }
}
