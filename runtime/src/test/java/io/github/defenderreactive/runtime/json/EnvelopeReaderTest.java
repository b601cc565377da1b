package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    private static final int CHUNK = 64 << 10;

    @Test
    void shouldLetItemsLeaveBeforeThePageIsComplete() {
        EnvelopeReader<JsonValue> reader = reader();
        assertThat(reader.next()).as("nothing fed").isNull();
        feed(reader, "{\"@odata.context\":\"c\",\"value\":[{\"id\":1},{\"id\"");
        assertThat(reader.next()).isEqualTo(JsonValue.of("{\"id\":1}"));
        assertThat(reader.next()).isNull();
        assertThat(reader.itemsEnded()).isFalse();
        feed(reader, ":2}");
        assertThat(reader.next()).isEqualTo(JsonValue.of("{\"id\":2}"));
        assertThat(reader.next()).isNull();
        feed(reader, "]");
        assertThat(reader.next()).isNull();
        assertThat(reader.itemsEnded()).isTrue();
        assertThat(reader.ended()).isFalse();
        assertThatIllegalStateException().isThrownBy(reader::envelope);
        feed(reader, ",\"@odata.nextLink\":\"n\"}");
        assertThat(reader.next()).isNull();
        assertThat(reader.ended()).isTrue();
        Envelope envelope = reader.envelope();
        assertThat(envelope.nextLink()).isEqualTo("n");
        assertThat(envelope.count()).isNull();
        assertThat(envelope.items()).isEqualTo(2);
        assertThat(envelope.others()).containsOnlyKeys("@odata.context");
        feed(reader, "\r\n ");
        reader.endOfInput();
        assertThat(reader.next()).isNull();
    }

    @Test
    void shouldKeepWhatStandsAroundTheItems() {
        EnvelopeReader<JsonValue> reader = readAll("{\"b\":{\"x\":[1, 2]},\"@odata.nextLink\":\"n\",\"value\":[1,2,3],"
                + "\"@odata.count\":17,\"@odata.context\":\"c\",\"a\":null,\"b\":2}");
        Envelope envelope = reader.envelope();
        assertThat(envelope.nextLink()).isEqualTo("n");
        assertThat(envelope.count()).isEqualTo(17);
        assertThat(envelope.items()).isEqualTo(3);
        assertThat(envelope.others().keySet()).containsExactly("b", "@odata.context", "a");
        assertThat(envelope.others())
                .containsEntry("b", JsonValue.of("2"))
                .containsEntry("a", JsonValue.nullValue())
                .containsEntry("@odata.context", JsonValue.of("\"c\""));
        assertThat(reader.bytesRead()).isEqualTo(110);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"17\"|17", "null|", "\"many\"|", "-1|-1", "1.5|"})
    void shouldReadTheCountLeniently(String json, Long count) {
        Envelope envelope =
                readAll("{\"value\":[],\"@odata.count\":" + json + "}").envelope();
        assertThat(envelope.count()).isEqualTo(count);
        if (json.equals("\"many\"")) {
            assertThat(envelope.others()).containsEntry("@odata.count", JsonValue.of(json));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":null}",
                "{\"value\":[]}",
                "[]",
                " [ ] ",
                "\uFEFF{\"value\":[]}",
                "{\"@odata.nextLink\":null,\"value\":[]}"
            })
    void shouldReadEmptyCollections(String json) {
        EnvelopeReader<JsonValue> reader = readAll(json);
        assertThat(reader.itemsEnded()).isTrue();
        assertThat(reader.envelope().items()).isZero();
        assertThat(reader.envelope().nextLink()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":null}|member \"value\" is missing",
                "{}|member \"value\" is missing",
                "{\"value\":\"text\"}|\"value\" is not an array",
                "{\"value\":{}}|\"value\" is not an array",
                "{\"value\":[],\"value\":[]}|Duplicate member \"value\"",
                "{\"value\":null,\"value\":[]}|Duplicate member \"value\"",
                "{\"value\":[],\"@odata.nextLink\":5}|Expected a string",
                "\"text\"|Expected an object or an array",
                "5 |Expected an object or an array",
                "<html>|Expected a value but found '<'",
                "``|Unexpected end of input",
                "{\"value\":[]}x|after the document",
                "[]]|after the document",
                "{\"value\":[1,]}|Expected a value",
                "{\"value\":[1 2]}|Expected a comma or the end of the array",
                "{\"value\":[}|Expected a value"
            })
    void shouldRefuseWhatIsNoCollection(String json, String message) {
        for (int size = 1; size <= json.length() + 1; size++) {
            int pieces = size;
            assertThatThrownBy(() -> readAll(json, pieces))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void shouldFailOnEveryTruncation() {
        byte[] bytes = Documents.utf8(Documents.ENVELOPE.strip());
        int complete = 0;
        for (int length = 0; length < bytes.length; length++) {
            EnvelopeReader<JsonValue> reader = reader();
            reader.feed(ByteBuffer.wrap(bytes, 0, length));
            int items = 0;
            while (reader.next() != null) {
                items++;
            }
            assertThat(items).isGreaterThanOrEqualTo(complete);
            complete = items;
            assertThat(reader.ended()).isFalse();
            reader.endOfInput();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(JsonException.class)
                    .hasMessageStartingWith("Unexpected end of input at byte " + length);
            assertThat(reader.ended()).isFalse();
        }
        assertThat(complete).isEqualTo(4);
    }

    @Test
    void shouldFailTheSameWayForEver() {
        EnvelopeReader<JsonValue> reader = reader();
        feed(reader, "{\"value\":[1,x");
        assertThat(reader.next()).isEqualTo(JsonValue.number(1));
        JsonException first = failure(reader);
        assertThat(failure(reader)).isSameAs(first);
        assertThatThrownBy(() -> feed(reader, "]}")).isSameAs(first);
        assertThat(first.path()).isEqualTo("$.value[1]");
        assertThat(first.offset()).isEqualTo(12);
    }

    private static JsonException failure(EnvelopeReader<?> reader) {
        try {
            reader.next();
        } catch (JsonException e) {
            return e;
        }
        throw new AssertionError("No failure");
    }

    @Test
    void shouldSayWhereAnErrorIsAlsoFarIntoThePage() {
        StringBuilder json = new StringBuilder("{\"value\":[");
        for (int i = 0; i < 500; i++) {
            json.append("{\"evidence\":[{\"sha1\":\"").append("a".repeat(40)).append("\"}]},");
        }
        json.append("{\"evidence\":[{\"sha1\":\"x\"},{\"sha1\":nil}]}]}");
        for (int size : new int[] {1, 13, 700, json.length()}) {
            assertThatThrownBy(() -> readAll(json.toString(), size)).isInstanceOfSatisfying(JsonException.class, e -> {
                assertThat(e.path()).isEqualTo("$.value[500].evidence[1].sha1");
                assertThat(e.offset()).isEqualTo(json.indexOf("nil") + 1);
            });
        }
    }

    @Test
    void shouldRefuseBytesBehindTheEnd() {
        EnvelopeReader<JsonValue> reader = readAll("[]");
        assertThatIllegalStateException().isThrownBy(() -> feed(reader, " "));
        EnvelopeReader<JsonValue> open = reader();
        feed(open, "{\"value\":[]}");
        assertThat(open.next()).isNull();
        assertThatThrownBy(() -> feed(open, " \n{")).hasMessageContaining("after the document");
    }

    @Test
    void shouldLimitItems() {
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(100)
                .entityBytes(1000)
                .depth(10)
                .pageBytes(10_000)
                .build();
        String fits = "\"" + "x".repeat(98) + "\"";
        String large = "\"" + "x".repeat(99) + "\"";
        assertThat(readAll("[" + fits + "," + fits + "]", 7, limits).envelope().items())
                .isEqualTo(2);
        for (int size : new int[] {1, 50, 1000}) {
            assertThatThrownBy(() -> readAll("{\"value\":[" + fits + "," + large + "]}", size, limits))
                    .isInstanceOfSatisfying(
                            JsonException.class, e -> assertThat(e.path()).startsWith("$.value"))
                    .hasMessageContaining("larger than 100 bytes");
            assertThatThrownBy(() -> readAll("{\"value\":[],\"a\":" + large + "}", size, limits))
                    .hasMessageContaining("larger than 100 bytes");
            assertThatThrownBy(() -> readAll(
                            "{\"value\":[],\"a\":\"" + "x".repeat(60) + "\",\"b\":\"" + "x".repeat(60) + "\"}",
                            size,
                            limits))
                    .hasMessageContaining("Envelope larger than 100 bytes");
        }
        EnvelopeReader<JsonValue> endless = new EnvelopeReader<>(JsonValue::read, limits);
        feed(endless, "[\"" + "x".repeat(120));
        assertThatThrownBy(endless::next).as("not waiting for the end").hasMessageContaining("larger than 100 bytes");
    }

    @Test
    void shouldLimitTheNextLink() {
        String link = "https://x/api/rows?$skiptoken=" + "x".repeat((64 << 10) - 40);
        assertThat(readAll("{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}", 1000)
                        .envelope()
                        .nextLink())
                .isEqualTo(link);
        for (int size : new int[] {1000, 1 << 20}) {
            assertThatThrownBy(
                            () -> readAll("{\"value\":[],\"@odata.nextLink\":\"" + link + "x".repeat(50) + "\"}", size))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Next link longer than 65536 bytes");
        }
    }

    @Test
    void shouldLimitTheNumberOfMembers() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1_001; i++) {
            json.append("\"m").append(i).append("\":0,");
        }
        String many = json.append("\"value\":[]}").toString();
        assertThatThrownBy(() -> readAll(many, 1000)).hasMessageContaining("Envelope of more than 1000 members");
        assertThat(readAll(many.replace("\"m1000\":0,", ""), 1000).envelope().others())
                .hasSize(1_000);

        JsonLimits few = JsonLimits.builder().itemBytes(1 << 20).itemValues(10).build();
        assertThat(readAll("[[1,2,3,4,5,6,7,8,9,10],[1,2,3,4,5,6,7,8,9,10]]", 3, few)
                        .envelope()
                        .items())
                .isEqualTo(2);
        for (int size : new int[] {1, 7, 1000}) {
            assertThatThrownBy(() -> readAll("[[1,2,3,4,5,6,7,8,9,10],[1,2,3,4,5,6,7,8,9,10,11]]", size, few))
                    .hasMessageContaining("More than 10 members and elements");
        }
    }

    @Test
    void shouldLimitDepthAndPage() {
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(1000)
                .entityBytes(1000)
                .depth(4)
                .pageBytes(60)
                .build();
        assertThat(readAll("{\"value\":[[[1]]]}", 3, limits).envelope().items()).isEqualTo(1);
        assertThatThrownBy(() -> readAll("{\"value\":[[[[1]]]]}", 3, limits))
                .hasMessageContaining("Nested deeper than 4");
        assertThatThrownBy(() -> readAll("{\"value\":[" + "1,".repeat(25) + "1]}", 10, limits))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(60))
                .hasMessageContaining("Page larger than 60 bytes");
    }

    @Test
    void shouldHoldOneItemAndOneChunk() {
        String small = "{\"id\":\"" + "i".repeat(3000) + "\"},";
        StringBuilder json = new StringBuilder("{\"value\":[");
        for (int i = 0; i < 2000; i++) {
            json.append(small);
        }
        byte[] bytes = Documents.utf8(json.append("{}]}").toString());
        EnvelopeReader<JsonValue> reader = reader();
        int items = 0;
        for (int from = 0; from < bytes.length; from += CHUNK) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(CHUNK, bytes.length - from)));
            while (reader.next() != null) {
                items++;
            }
            assertThat(reader.windowSize()).isLessThanOrEqualTo(CHUNK + small.length() + 1024);
        }
        assertThat(items).isEqualTo(2001);
        assertThat(reader.ended()).isTrue();
        assertThat(reader.bytesRead()).isEqualTo(bytes.length);
    }

    @Test
    void shouldGiveBackTheMemoryOfALargeItem() {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(
                JsonValue::read,
                JsonLimits.builder().itemBytes(16 << 20).itemValues(1_000).build());
        feed(reader, "[\"");
        String piece = "x".repeat(CHUNK);
        for (int i = 0; i < 100; i++) {
            feed(reader, piece);
            assertThat(reader.next()).isNull();
            assertThat(reader.windowSize()).isLessThanOrEqualTo((int) ((i + 1) * CHUNK * 1.25) + 2048);
        }
        feed(reader, "\",");
        assertThat(reader.next()).isNotNull();
        for (int i = 0; i < 200; i++) {
            feed(reader, "\"" + piece + "\",");
            assertThat(reader.next()).isNotNull();
        }
        assertThat(reader.windowSize()).isLessThan(1 << 20);
    }

    @Test
    void shouldNotReadALargeItemAgainForEveryChunk() {
        AtomicInteger attempts = new AtomicInteger();
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(
                in -> {
                    attempts.incrementAndGet();
                    return in.readValue();
                },
                JsonLimits.DEFAULT);
        feed(reader, "[");
        String item = "{\"list\":[\"" + "}]\\\"".repeat(25_000) + "\"]}";
        for (int i = 0; i < item.length(); i += 10) {
            assertThat(reader.next()).isNull();
            feed(reader, item.substring(i, Math.min(item.length(), i + 10)));
        }
        assertThat(reader.next()).as("without waiting for what follows").isEqualTo(JsonValue.of(item));
        assertThat(attempts.get()).isLessThan(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678901234567890", "\"a\\\\\"", "true", "[[1],[2]]", "{\"a\":\"]\"}"})
    void shouldDecodeAnItemAsSoonAsItsEndIsThere(String item) {
        EnvelopeReader<JsonValue> reader = reader();
        feed(reader, "[1,");
        assertThat(reader.next()).isNotNull();
        for (int i = 0; i < item.length(); i++) {
            assertThat(reader.next()).isNull();
            feed(reader, item.substring(i, i + 1));
        }
        if (Character.isDigit(item.charAt(0))) {
            assertThat(reader.next()).as("more digits may come").isNull();
            feed(reader, " ");
        }
        assertThat(reader.next()).isEqualTo(JsonValue.of(item));
    }

    @Test
    void shouldSurviveADecoderThatSwallowsTheSignal() {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(
                in -> {
                    try {
                        return in.readValue();
                    } catch (Throwable everything) {
                        return JsonValue.string("swallowed");
                    }
                },
                JsonLimits.DEFAULT);
        feed(reader, "[{\"a\":");
        assertThat(reader.next()).isNull();
        feed(reader, "1}]");
        assertThat(reader.next()).isEqualTo(JsonValue.of("{\"a\":1}"));
    }

    @Test
    void shouldRefuseDecodersThatDoNotReadOneItem() {
        EnvelopeReader<String> nothing = new EnvelopeReader<>(in -> null, JsonLimits.DEFAULT);
        nothing.feed(ByteBuffer.wrap(Documents.utf8("[1]")));
        assertThatIllegalStateException().isThrownBy(nothing::next);
        EnvelopeReader<String> half = new EnvelopeReader<>(
                in -> {
                    in.beginObject();
                    return "half";
                },
                JsonLimits.DEFAULT);
        half.feed(ByteBuffer.wrap(Documents.utf8("[{\"a\":1}]")));
        assertThatIllegalStateException().isThrownBy(half::next).withMessageContaining("$[0]");
    }

    @Test
    void shouldDecodeModelsWhereverTheBytesAreCut() {
        StringBuilder json = new StringBuilder("{\"value\":[");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String item =
                    "{\"id\":\"ä" + i + "\",\"count\":\"" + i + "\",\"score\":1.5,\"created\":\"2021-04-29T09:19:27."
                            + (i + 1) + "Z\",\"tags\":[\"a\",null],\"child\":{\"new\":" + i
                            + ",\"flag\":true},\"children\":[{\"id\":\"x\"},{}]}";
            json.append(i == 0 ? "" : ",").append(item);
            written.add(JsonWriter.toJson(Entity.read(JsonReader.of(item))));
        }
        byte[] bytes = Documents.utf8(json.append("]}").toString());
        for (int size = 1; size < 600; size += 3) {
            EnvelopeReader<Entity> reader = new EnvelopeReader<>(Entity::read, JsonLimits.DEFAULT);
            List<String> items = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += size) {
                reader.feed(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
                for (Entity item = reader.next(); item != null; item = reader.next()) {
                    items.add(JsonWriter.toJson(item));
                }
            }
            reader.endOfInput();
            assertThat(reader.next()).isNull();
            assertThat(items).as("pieces of %d", size).isEqualTo(written);
        }
    }

    @Test
    void shouldCopyDirectBuffersAndMoveTheirPosition() {
        ByteBuffer direct = ByteBuffer.allocateDirect(16);
        direct.put(Documents.utf8("??[7]??")).flip().position(2).limit(5);
        EnvelopeReader<JsonValue> reader = reader();
        reader.feed(direct);
        assertThat(direct.remaining()).isZero();
        direct.clear().put(new byte[16]);
        assertThat(reader.next()).isEqualTo(JsonValue.number(7));
    }

    private static EnvelopeReader<JsonValue> reader() {
        return new EnvelopeReader<>(JsonValue::read, JsonLimits.DEFAULT);
    }

    private static void feed(EnvelopeReader<?> reader, String text) {
        reader.feed(ByteBuffer.wrap(Documents.utf8(text)));
    }

    private static EnvelopeReader<JsonValue> readAll(String json) {
        return readAll(json, Math.max(1, json.length()));
    }

    private static EnvelopeReader<JsonValue> readAll(String json, int size) {
        return readAll(json, size, JsonLimits.DEFAULT);
    }

    private static EnvelopeReader<JsonValue> readAll(String json, int size, JsonLimits limits) {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(JsonValue::read, limits);
        byte[] bytes = Documents.utf8(json);
        for (int from = 0; from < bytes.length; from += size) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
            JsonValue item = reader.next();
            while (item != null) {
                item = reader.next();
            }
        }
        reader.endOfInput();
        JsonValue item = reader.next();
        while (item != null) {
            item = reader.next();
        }
        assertThat(reader.ended()).isTrue();
        return reader;
    }
}
