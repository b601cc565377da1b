package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import org.junit.jupiter.api.Test;

/** A schema with more properties than a word has bits. */
class WideModelTest {

    private static final int PROPERTIES = 130;

    private static final GeneratedClient CLIENT = GeneratedClient.of(bundle());

    private static ObjectNode bundle() {
        ObjectNode bundle = Nasty.bundle();
        ObjectNode wide = ((ObjectNode) bundle.at("/components/schemas")).putObject("Wide");
        wide.put("description", "Many properties.").put("type", "object");
        ObjectNode properties = wide.putObject("properties");
        for (int i = 0; i < PROPERTIES; i++) {
            properties.putObject("p" + i).put("type", "string");
        }
        // A property of the name that the second word could have had.
        properties.putObject("nulls_1").put("type", "string");
        return bundle;
    }

    @Test
    void shouldKeepANullOfAnyProperty() {
        for (int i = 0; i < PROPERTIES; i++) {
            String json = "{\"p" + i + "\":null}";
            JsonEncodable wide = CLIENT.read("Wide", json);

            assertThat(JsonWriter.toJson(wide)).isEqualTo(json);
            assertThat(wide).isEqualTo(CLIENT.read("Wide", json)).isNotEqualTo(CLIENT.read("Wide", "{}"));
            Object builder = call(wide, "toBuilder");
            call(builder, "unknownMember", "p" + i, JsonValue.number(7));
            assertThat(call(builder, "build")).isEqualTo(CLIENT.read("Wide", "{\"p" + i + "\":7}"));
        }
        String all = JsonWriter.toJson(out -> {
            out.beginObject();
            for (int i = 0; i < PROPERTIES; i++) {
                out.name("p" + i).nullValue();
            }
            out.name("nulls_1").nullValue().endObject();
        });
        assertThat(JsonWriter.toJson(CLIENT.read("Wide", all))).isEqualTo(all);
    }
}
