package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that stand where entities are due, and entities that have a member of that name. */
class ReportedErrorTest {

    private static final String ERROR = "{\"code\":\"X1\",\"message\":\"boom\"}";
    private static final JsonNames NAMES = JsonNames.of("id", "error");

    /** Knows a member {@code error} of its own. */
    private static String failable(JsonReader in) {
        String read = "";
        in.beginObject();
        while (in.nextMember()) {
            read += in.name(NAMES) >= 0 ? in.name() + " " : "";
            in.skipValue();
        }
        return read.strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":" + ERROR + "}",
                " { \"error\" : " + ERROR + " } ",
                "{\"odata.error\":{\"code\":\"X1\",\"message\":{\"lang\":\"en-US\",\"value\":\"boom\"}}}",
                "{\"@odata.context\":\"c\",\"error\":" + ERROR + "}",
                "{\"@odata.context\":\"c\",\"@odata.etag\":{\"a\":[1]},\"error\":" + ERROR + ",\"requestId\":\"r\"}",
                "{\"requestId\":\"r\",\"error\":" + ERROR + "}",
                "{\"error\":{\"code\":\"X1\",\"message\":null}}",
                "{\"error\":{\"Message\":\"boom\"}}",
                "{\"error\":{\"code\":500}}",
                "{\"error\":{}}",
                "{\"Error\":{\"Code\":\"X1\",\"Message\":\"boom\"}}",
                "{\"\\u0065rror\":" + ERROR + "}",
                "{\"id\":null,\"error\":" + ERROR + "}",
                "{\"tags\":[\"t\"],\"error\":" + ERROR + "}",
                "{\"error\":\"invalid_token\",\"error_description\":\"boom\"}",
                "{\"error\":" + ERROR,
                "{\"error\":" + ERROR + ",",
                "{\"error\":" + ERROR + ",\"requestId\":\"r",
                "{\"@odata.context\":\"c\",\"error\":" + ERROR + "\n\n",
            })
    void shouldReportAnErrorInTheEntitysPlace(String json) {
        assertThatThrownBy(() -> JsonDecoder.unlessError(Entity::read).read(JsonReader.of(json)))
                .isInstanceOfSatisfying(
                        ReportedErrorException.class,
                        reported -> assertThat(reported.json()).containsIgnoringCase("error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"error\":" + ERROR + "}",
                "{\"error\":" + ERROR + ",\"id\":\"a\"}",
                "{\"id\":\"a\",\"error\":null}",
                "{\"id\":\"a\",\"error\":\"none\"}",
                "{\"error\":null}",
                "{\"error\":\"\"}",
                "{\"error\":0}",
                "{\"error\":false}",
                "{\"error\":[]}",
                "{\"errors\":" + ERROR + "}",
                "{\"Errors\":\"e\"}",
                "{\"child\":{\"error\":" + ERROR + "}}",
                "{}"
            })
    void shouldReadAnEntityAsOne(String json) {
        assertThat(JsonDecoder.unlessError(Entity::read).read(JsonReader.of(json)))
                .isNotNull();
    }

    @Test
    void shouldReportAnErrorBesideManyRows() {
        String tags = "\"tags\":[\"" + "t".repeat(200_000) + "\"]";

        shouldReportAnErrorInTheEntitysPlace("{" + tags + ",\"error\":" + ERROR + "}");
        shouldReportAnErrorInTheEntitysPlace("{\"error\":" + ERROR + "," + tags + "}");
        shouldReadAnEntityAsOne("{\"id\":\"a\"," + tags + ",\"error\":" + ERROR + "}");
    }

    @Test
    void shouldLearnFromTheDecoderWhatTheEntityHas() {
        String json = "{\"error\":" + ERROR + ",\"id\":\"a\"}";

        assertThat(JsonDecoder.unlessError(ReportedErrorTest::failable).read(JsonReader.of(json)))
                .isEqualTo("error id");
        // one that does not tell
        assertThat(JsonDecoder.unlessError(JsonValue::read).read(JsonReader.of(json)))
                .isEqualTo(JsonValue.of(json));
    }

    @Test
    void shouldReportAnErrorWhereAnotherKindOfValueIsDue() {
        assertThatThrownBy(() ->
                        JsonDecoder.unlessError(JsonReader::readLong).read(JsonReader.of("{\"error\":" + ERROR + "}")))
                .isInstanceOf(ReportedErrorException.class);
        assertThat(JsonDecoder.unlessError(JsonReader::readLong).read(JsonReader.of("4")))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":" + ERROR + "}",
                "{\"id\":\"a\",\"error\":" + ERROR + "}",
                "{\"id\":\"a\",\"error\":\"boom\"}",
                "{\"error\":\"boom\",\"error_description\":\"d\"}"
            })
    void shouldReportAnErrorWhereNoEntityIsDue(String json) {
        assertThatThrownBy(() -> JsonDecoder.nothing().read(JsonReader.of(json)))
                .isInstanceOf(ReportedErrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"a\",\"error\":null}", "[]", "4", "\"error\"", "{\"error\":false}"})
    void shouldTakeAnythingElseForNothing(String json) {
        assertThat(JsonDecoder.nothing().read(JsonReader.of(json))).isNull();
    }

    @Test
    void shouldLookIntoWhatWrapsAnEntity() {
        JsonDecoder<Entity> decoder = JsonDecoder.unlessError(JsonDecoder.unwrapping(Entity::read));

        assertThatThrownBy(() -> decoder.read(JsonReader.of("{\"value\":[{\"error\":" + ERROR + "}]}")))
                .isInstanceOf(ReportedErrorException.class);
        assertThatThrownBy(() -> decoder.read(JsonReader.of("{\"value\":[{\"id\":\"a\"}],\"error\":" + ERROR + "}")))
                .isInstanceOf(ReportedErrorException.class);
        assertThat(decoder.read(JsonReader.of("{\"value\":[{\"id\":\"a\"}],\"error\":null}")).id)
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"error\":" + ERROR + "}]}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"error\":" + ERROR + "},{\"id\":\"c\"}]}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"error\":" + ERROR,
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"error\":" + ERROR + "}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"@odata.type\":\"t\",\"odata.error\":" + ERROR + "}]}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{ \"error\" : " + ERROR + ", \"traceId\":\"t\"}]}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"error\":" + ERROR + "}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"error\":" + ERROR,
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"@odata.nextLink\":\"n\",\"odata.error\":" + ERROR + "}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"error\":\"e\",\"error_description\":\"d\"}",
                "{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"Error\":" + ERROR + "}]}",
                "[{\"id\":\"a\"},{\"id\":\"b\"},{\"error\":" + ERROR + "}]"
            })
    void shouldReportAnErrorBehindTheItemsThatStand(String json) {
        for (int size = 1; size <= json.length(); size++) {
            assertThat(items(json, size)).containsExactly("a", "b", "reported");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":" + ERROR + ",\"value\":[{\"id\":\"a\"}]}",
                "{\"@odata.context\":\"c\",\"error\":" + ERROR + "}",
                "{\"@odata.context\":\"c\",\"error\":" + ERROR,
                "{\"error\":\"invalid_token\",\"error_description\":\"d\"}",
                "{\"value\":null,\"error\":" + ERROR + "}"
            })
    void shouldReportAnErrorInTheCollectionsPlace(String json) {
        for (int size = 1; size <= json.length(); size++) {
            assertThat(items(json, size)).containsExactly("reported");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":null,\"value\":[{\"id\":\"a\",\"error\":" + ERROR + "}]}",
                "{\"value\":[{\"error\":" + ERROR + ",\"id\":\"a\"}],\"error\":\"\"}",
                "{\"value\":[{\"error\":null,\"id\":\"a\"}],\"error\":0}",
                "{\"errors\":[],\"value\":[{\"@odata.type\":\"t\",\"id\":\"a\"}],\"odata.error\":{}}",
                "{\"value\":[{\"e\":1,\"id\":\"a\",\"odata\":2}]}"
            })
    void shouldLetItemsWithSuchMembersPass(String json) {
        for (int size = 1; size <= json.length(); size++) {
            assertThat(items(json, size)).containsExactly("a");
        }
    }

    /** The ids of the items, fed in pieces, and how the document ends. */
    private static List<String> items(String json, int size) {
        EnvelopeReader<Entity> reader = new EnvelopeReader<>(Entity::read, JsonLimits.DEFAULT);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        List<String> ids = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; at += size) {
                reader.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
                drain(reader, ids);
            }
            reader.endOfInput();
            drain(reader, ids);
        } catch (ReportedErrorException reported) {
            assertThat(reported.json()).containsIgnoringCase("error");
            ids.add("reported");
        }
        return ids;
    }

    private static void drain(EnvelopeReader<Entity> reader, List<String> to) {
        for (Entity item = reader.next(); item != null; item = reader.next()) {
            to.add(item.id);
        }
    }
}
