package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.value.ByteString;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that have a type of the JDK. */
class GeneratedFormatTest {

    private static final GeneratedClient CLIENT = Workshop.client();

    @Test
    void shouldHaveTypesForFormats() throws Exception {
        String json = """
                {"price":1234567890123456789.10,"bought":"2026-01-31","services":["2026-02-01"],\
                "serial":"0f8fad5b-d9cb-469f-a165-70867728950e","oldSerial":"none","photo":"AP8=","photos":{"a":""},"warranty":"P1Y2M",\
                "weight":9223372036854775807}""";
        JsonEncodable tool = CLIENT.read("Tool", json);

        assertThat(call(tool, "price")).isEqualTo(new BigDecimal("1234567890123456789.10"));
        assertThat(call(tool, "bought")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(call(tool, "services")).isEqualTo(List.of(LocalDate.of(2026, 2, 1)));
        assertThat(call(tool, "serial")).isEqualTo(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"));
        assertThat(call(tool, "oldSerial")).isEqualTo("none");
        assertThat(call(tool, "photo")).isEqualTo(ByteString.of((byte) 0, (byte) 0xFF));
        assertThat(call(tool, "photos")).isEqualTo(Map.of("a", ByteString.of()));
        assertThat(call(tool, "warranty")).isEqualTo("P1Y2M");
        assertThat(call(tool, "weight")).isEqualTo(Long.MAX_VALUE);
        assertThat(call(tool, "unknownMembers")).isEqualTo(Map.of());
        assertThat(JsonWriter.toJson(tool)).isEqualTo(json);
        assertThat(JsonMapper.builder().build().writeValueAsString(tool)).isEqualTo(json);
        assertThat(CLIENT.callStatic("model.Tool", "fromMap", call(tool, "toMap")))
                .isEqualTo(tool);
    }

    @Test
    void shouldNotNeedAReadOnlyMember() {
        Object builder = call(CLIENT.builder("model.Tool"), "spares", Map.of());

        assertThat(call(call(builder, "build"), "made")).isNull();
        assertThat(call(call(call(builder, "made", Instant.EPOCH), "build"), "made"))
                .isEqualTo(Instant.EPOCH);
    }

    /** A value that is not in the format is kept as it was received, and the rest of the entity is read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            price  | "1.5"                                  | 1.5
            price  | "much"                                 | null
            bought | "2026-02-30"                           | null
            bought | "2026-01-31T00:00:00Z"                 | null
            bought | 20260131                               | null
            serial | "0F8FAD5B-D9CB-469F-A165-70867728950E" | 0f8fad5b-d9cb-469f-a165-70867728950e
            serial | "1-2-3-4-5"                            | null
            serial | "{0f8fad5b}"                           | null
            photo  | "AP8"                                  | AP8=
            photo  | "not base64"                           | null
            weight | 18446744073709551615                   | null
            """)
    void shouldKeepWhatIsNotInTheFormat(String member, String json, String value) {
        String document = "{\"id\":\"t\",\"" + member + "\":" + json + "}";
        JsonEncodable tool = CLIENT.read("Tool", document);

        assertThat(String.valueOf(call(tool, member))).isEqualTo(value);
        assertThat(call(tool, "id")).isEqualTo("t");
        assertThat(call(tool, "unknownMembers")).isEqualTo(Map.of(member, JsonValue.of(json)));
        assertThat(JsonWriter.toJson(tool)).isEqualTo(document);
    }
}
