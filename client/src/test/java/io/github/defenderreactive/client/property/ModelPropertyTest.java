package io.github.defenderreactive.client.property;

import static io.github.defenderreactive.client.JsonTrees.canonical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every model loses nothing, whatever the service sends. {@code -Ddefender.seed=N} replays a run, which is the same every
 * time without it; a failure shows the payload.
 */
class ModelPropertyTest {

    private static final long SEED = Long.getLong("defender.seed", 20_261_125);
    private static final int CASES_PER_MODEL = 150;
    private static final int LEAST_CASES = 10_000;
    private static final AtomicLong CASES = new AtomicLong();

    private static final Set<String> NO_ACCESSORS = Set.of(
            "hashCode",
            "nullMembers",
            "requireKnownMembers",
            "toBuilder",
            "toMap",
            "toString",
            "unknownMembers",
            "withoutUnknownMembers");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper TREES =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ObjectMapper PLAIN = new ObjectMapper();

    static Stream<DescribedModel> models() {
        return DescribedModel.all();
    }

    @AfterAll
    static void shouldHaveTriedEnough() {
        assertThat(CASES).hasValueGreaterThan(LEAST_CASES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldLoseNothingOfAnyPayload(DescribedModel model) throws IOException {
        Random random = new Random(SEED ^ model.name().hashCode());
        PayloadGenerator payloads = new PayloadGenerator(model.schemas(), random);
        for (int i = 0; i < CASES_PER_MODEL; i++) {
            check(model, payloads.object(model.schema()), random);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldReadEveryMemberNullOrMissing(DescribedModel model) throws IOException {
        ObjectNode nulls = NODES.objectNode();
        model.schema().path("properties").fieldNames().forEachRemaining(nulls::putNull);
        JsonEncodable absent = read(model, "{}");

        assertThat(JsonWriter.toJson(absent)).isEqualTo("{}");
        check(model, nulls, new Random(SEED));
        if (!nulls.isEmpty()) {
            assertThat(read(model, nulls.toString())).isNotEqualTo(absent);
        }
    }

    /** One member at a time, so that no oddity hides behind another. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldKeepEveryMemberInEveryForm(DescribedModel model) throws IOException {
        Random random = new Random(SEED);
        List<JsonNode> forms = List.of(
                NODES.textNode("7"),
                NODES.textNode("7.50"),
                NODES.textNode("True"),
                NODES.textNode("never heard of"),
                NODES.textNode("2026-03-02 08:20:41.1234567"),
                NODES.numberNode(7),
                NODES.numberNode(7.25),
                NODES.booleanNode(true),
                NODES.arrayNode(),
                NODES.arrayNode()
                        .add("a")
                        .add(1)
                        .addNull()
                        .add(NODES.objectNode().put("b", "c")),
                NODES.objectNode(),
                NODES.objectNode().put("unknown", "member"));
        for (var property : model.schema().path("properties").properties()) {
            for (String name : PayloadGenerator.spellings(property.getKey(), property.getValue(), model.schema())) {
                for (JsonNode form : forms) {
                    ObjectNode payload = NODES.objectNode();
                    payload.set(name, form);
                    check(model, payload, random);
                }
            }
        }
    }

    /** Whatever came first, also under an escaped name: as a tree reader takes it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldTakeAMemberThatComesTwiceAsItCameLast(DescribedModel model) throws IOException {
        List<String> forms = List.of("null", "\"7\"", "7", "7.50", "true", "[]", "[null]", "{}", "\"2026-03-02\"");
        for (String name : names(model)) {
            String quoted = TREES.writeValueAsString(name);
            String escaped = String.format(Locale.ROOT, "\"\\u%04x%s\"", (int) name.charAt(0), name.substring(1));
            for (String first : forms) {
                for (String last : forms) {
                    String json = "{" + quoted + ":" + first + "," + escaped + " : " + last + "}";
                    JsonEncodable read = read(model, json);

                    assertThat(read).as(json).isEqualTo(read(model, "{" + quoted + ":" + last + "}"));
                    assertThat(canonical(TREES.readTree(JsonWriter.toJson(read))))
                            .as(json)
                            .isEqualTo(canonical(TREES.readTree(json)));
                }
            }
        }
    }

    private static List<String> names(DescribedModel model) {
        return model.schema().path("properties").properties().stream()
                .flatMap(property ->
                        PayloadGenerator.spellings(property.getKey(), property.getValue(), model.schema()).stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldGiveTheSameTypedValuesInEverySpelling(DescribedModel model) throws ReflectiveOperationException {
        List<String> forms = List.of("\"7\"", "7", "true", "[\"a\"]", "{}", "[{}]", "\"2026-03-02 08:20:41\"");
        for (var property : model.schema().path("properties").properties()) {
            for (String spelling : PayloadGenerator.spellings(property.getKey(), property.getValue(), model.schema())) {
                for (String form : forms) {
                    assertThat(typed(read(model, "{\"" + spelling + "\":" + form + "}")))
                            .as(spelling + " " + form)
                            .isEqualTo(typed(read(model, "{\"" + property.getKey() + "\":" + form + "}")));
                }
            }
        }
    }

    /** What the accessors of the members answer. */
    private static Map<String, Object> typed(JsonEncodable value) throws ReflectiveOperationException {
        Map<String, Object> typed = new TreeMap<>();
        for (Method method : value.getClass().getDeclaredMethods()) {
            int modifiers = method.getModifiers();
            if (method.getParameterCount() == 0
                    && Modifier.isPublic(modifiers)
                    && !Modifier.isStatic(modifiers)
                    && !NO_ACCESSORS.contains(method.getName())) {
                typed.put(method.getName(), method.invoke(value));
            }
        }
        return typed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldKeepWhatIsNestedDownToTheLimitAndRefuseMore(DescribedModel model) throws IOException {
        int depth = JsonLimits.DEFAULT.depth();

        // A collection around it takes two levels.
        check(model, TREES.readTree(nested(depth - 3)), new Random(SEED));
        assertThat(JsonWriter.toJson(read(model, nested(depth - 1)))).isEqualTo(nested(depth - 1));
        assertThatThrownBy(() -> read(model, nested(depth))).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldKeepWhatIsNestedDownToALimitOfOnesOwn(DescribedModel model) {
        int depth = 3 * JsonLimits.DEFAULT.depth();
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(1 << 20)
                .entityBytes(1 << 20)
                .depth(depth)
                .pageBytes(1 << 20)
                .build();
        byte[] json = nested(depth - 1).getBytes(StandardCharsets.UTF_8);

        JsonEncodable read = model.decoder().read(JsonReader.of(json, 0, json.length, limits));

        assertThat(JsonWriter.toJson(read)).isEqualTo(nested(depth - 1));
    }

    /** An unknown member of so many levels in an object, which is a level itself. */
    private static String nested(int levels) {
        return "{\"deep\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    private static void check(DescribedModel model, JsonNode payload, Random random) throws IOException {
        CASES.incrementAndGet();
        String json = payload.toString();
        String expected = canonical(payload);
        String what = model + " with seed " + SEED + ": " + json;
        JsonEncodable read = read(model, json);

        String written = JsonWriter.toJson(read);
        assertThat(canonical(TREES.readTree(written))).as(what).isEqualTo(expected);
        assertThat(read(model, written)).as(what).isEqualTo(read).hasSameHashCodeAs(read);
        if (!isError(model)) {
            assertThat(inPieces(model, json, random)).as("in pieces, " + what).isEqualTo(read);
        }
        assertThat(canonical(TREES.readTree(PLAIN.writeValueAsString(read))))
                .as("plain mapper, " + what)
                .isEqualTo(expected);
        assertThat(read).as(what).asString().isNotEmpty();
        assertThat(canonical(TREES.readTree(JsonWriter.toJson(readByJackson(json, read.getClass())))))
                .as("read by a mapper, " + what)
                .isEqualTo(expected);
    }

    /** The document of an error is no item of a collection: where one stands in its place, reading ends with that error. */
    private static boolean isError(DescribedModel model) {
        return model.schema().path("properties").has("error");
    }

    private static JsonEncodable readByJackson(String json, Class<?> type) throws IOException {
        return (JsonEncodable) TREES.readValue(json, type);
    }

    private static JsonEncodable read(DescribedModel model, String json) {
        JsonReader in = JsonReader.of(json);
        JsonEncodable read = model.decoder().read(in);
        in.end();
        return read;
    }

    /** As it comes from the wire: inside a collection, cut anywhere. */
    private static JsonEncodable inPieces(DescribedModel model, String json, Random random) {
        byte[] bytes = ("{\"value\":[" + json + "]}").getBytes(StandardCharsets.UTF_8);
        EnvelopeReader<JsonEncodable> reader = new EnvelopeReader<>(model.decoder(), JsonLimits.DEFAULT);
        JsonEncodable item = null;
        int most = 1 + random.nextInt(bytes.length);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            reader.feed(ByteBuffer.wrap(bytes, from, to - from));
            JsonEncodable next = reader.next();
            item = next == null ? item : next;
            from = to;
        }
        reader.endOfInput();
        JsonEncodable next = reader.next();
        return next == null ? item : next;
    }
}
