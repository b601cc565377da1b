package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * 100,000 mutated documents against Jackson 2: the same value, or both reject.
 *
 * <p>Differences by design, all of them: the encoding is UTF-8 without overlong forms, one byte order mark is skipped (see
 * {@link Jackson}), an exponent takes nine digits ({@link #LONG_EXPONENT}), and a lone surrogate is kept also in a member
 * name, where Jackson refuses it though it keeps it in values.
 */
class MutatedDocumentTest {

    private static final int DOCUMENTS = 100_000;
    private static final long SEED = 20_260_417L;
    private static final Pattern LONG_EXPONENT = Pattern.compile("[eE][+-]?0*[1-9]\\d{9}");

    private static final List<byte[]> SOURCES = Stream.concat(
                    Stream.concat(Documents.COLLECTIONS.stream(), Documents.SCALARS.stream()),
                    Stream.of(
                            Documents.ALERT,
                            "{\"a\":[1,2.5,-3e-2,{\"b\":null}],\"value\":[{\"id\":\"x\"},7,\"s\"]}",
                            "[\"\\u00e9\\ud83d\\ude00\u00e9\uD83D\uDE00\u20ac\\n\\\\\", 1.0, 100, 0.1e1]",
                            "{\"value\":[{\"id\":\"1\",\"n\":12,\"l\":[\"x\",\"y\"]}],\"@odata.nextLink\":\"u\"}"))
            .map(Documents::utf8)
            .toList();

    @Test
    void shouldAgreeWithJackson() {
        int accepted = 0;
        int longExponents = 0;
        int surrogateNames = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            Random random = new Random(SEED + i);
            byte[] document = Mutations.mutate(source(random), random);
            JsonNode expected = Jackson.tree(document);
            JsonValue value = null;
            String error = "";
            try {
                value = whole(document);
            } catch (JsonException e) {
                error = e.getMessage();
            }
            if (value != null && LONG_EXPONENT.matcher(value.json()).find()) {
                longExponents++;
                continue;
            }
            if (expected == null && value != null && hasLoneSurrogateInName(value.toJava())) {
                surrogateNames++;
                continue;
            }
            if ((expected == null) != (value == null) || (value != null && !Jackson.isSame(expected, value.toJava()))) {
                fail("%s: Jackson %s, we %s", describe(i, document), expected, value == null ? error : value);
            }
            accepted += value == null ? 0 : 1;
            checkSkipped(i, document, value != null);
            checkEnvelope(i, document, expected, random);
        }
        // The comparison is worth something only while both outcomes are frequent.
        assertThat(accepted).isBetween(DOCUMENTS / 20, DOCUMENTS * 19 / 20);
        assertThat(longExponents).isLessThan(DOCUMENTS / 1000);
        assertThat(surrogateNames).isLessThan(DOCUMENTS / 1000);
    }

    /** Mostly a short document: one mutation matters more to it. */
    private static byte[] source(Random random) {
        byte[] source = SOURCES.get(random.nextInt(SOURCES.size()));
        return source.length > 1000 && random.nextInt(3) > 0 ? source(random) : source;
    }

    private static boolean hasLoneSurrogateInName(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(MutatedDocumentTest::hasLoneSurrogateInName);
        }
        return value instanceof Map<?, ?> map
                && (map.keySet().stream()
                                .anyMatch(name ->
                                        !StandardCharsets.UTF_8.newEncoder().canEncode((String) name))
                        || map.values().stream().anyMatch(MutatedDocumentTest::hasLoneSurrogateInName));
    }

    private static JsonValue whole(byte[] document) {
        JsonReader in = JsonReader.of(document);
        JsonValue value = in.readValue();
        in.end();
        return value;
    }

    /** A skipped value is checked like one that is read token by token. */
    private static void checkSkipped(int number, byte[] document, boolean valid) {
        boolean read = true;
        try {
            JsonReader in = JsonReader.of(document);
            consume(in);
            in.end();
        } catch (JsonException e) {
            read = false;
        }
        if (read != valid) {
            fail("%s: skipping %s, reading %s", describe(number, document), valid, read);
        }
    }

    private static void consume(JsonReader in) {
        switch (in.peek()) {
            case OBJECT -> {
                in.beginObject();
                while (in.nextMember()) {
                    in.name();
                    consume(in);
                }
            }
            case ARRAY -> {
                in.beginArray();
                while (in.nextElement()) {
                    consume(in);
                }
            }
            case STRING -> in.readString();
            case NUMBER -> in.readDecimal();
            case BOOLEAN -> in.readBoolean();
            case NULL -> assertThat(in.nextNull()).isTrue();
        }
    }

    private static void checkEnvelope(int number, byte[] document, JsonNode tree, Random random) {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(JsonValue::read, JsonLimits.DEFAULT);
        List<JsonValue> items = new ArrayList<>();
        String error = null;
        // Long documents in the smallest pieces belong to ChunkSplitTest; here they would take most of the time.
        int largest = random.nextBoolean() ? Math.max(8, document.length / 16) : 400;
        try {
            int from = 0;
            while (from < document.length) {
                int size = 1 + random.nextInt(largest);
                int to = Math.min(document.length, from + size);
                reader.feed(ByteBuffer.wrap(document, from, to - from));
                pull(reader, items);
                from = to;
            }
            reader.endOfInput();
            pull(reader, items);
            if (!reader.ended()) {
                error = "neither ended nor failed";
            }
        } catch (JsonException e) {
            error = e.getMessage();
        }
        if ((error == null) != isCollection(document, tree)) {
            fail("%s: envelope %s", describe(number, document), error == null ? "accepted" : error);
        }
        if (error == null) {
            JsonNode expected = tree.isArray() ? tree : tree.get("value");
            assertThat(items.size()).isEqualTo(expected.size());
            for (int i = 0; i < items.size(); i++) {
                if (!Jackson.isSame(expected.get(i), items.get(i).toJava())) {
                    fail("%s: item %d is %s", describe(number, document), i, items.get(i));
                }
            }
            JsonNode link = tree.path("@odata.nextLink");
            assertThat(reader.envelope().nextLink()).isEqualTo(link.isTextual() ? link.textValue() : null);
        }
    }

    private static void pull(EnvelopeReader<JsonValue> reader, List<JsonValue> items) {
        for (JsonValue item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
    }

    /** What the envelope reader must accept, found without it. */
    private static boolean isCollection(byte[] document, JsonNode tree) {
        if (tree == null || !tree.isContainerNode()) {
            return false;
        }
        if (tree.isArray()) {
            return true;
        }
        int values = 0;
        boolean links = true;
        JsonReader in = JsonReader.of(document);
        in.beginObject();
        while (in.nextMember()) {
            JsonToken kind = in.peek();
            if (in.name().equals("value")) {
                values += kind == JsonToken.ARRAY || kind == JsonToken.NULL ? 1 : 2;
            } else if (in.name().equals("@odata.nextLink")) {
                links &= kind == JsonToken.STRING || kind == JsonToken.NULL;
            }
            in.skipValue();
        }
        return values == 1 && links;
    }

    private static String describe(int number, byte[] document) {
        return "Document " + number + " of seed " + SEED + ": <" + new String(document, StandardCharsets.ISO_8859_1)
                + ">";
    }
}
