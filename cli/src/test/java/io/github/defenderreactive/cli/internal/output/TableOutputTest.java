package io.github.defenderreactive.cli.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableOutputTest {

    @Test
    void shouldEscapeControlCharacters() {
        assertThat(Terminal.escaped("a\u001b[2Jb\r\nc\u202ed")).isEqualTo("a\\u001b[2Jb\\u000d\\u000ac\\u202ed");
        assertThat(Terminal.escaped("Grüße 東京 😀")).isEqualTo("Grüße 東京 😀");
    }

    @Test
    void shouldAlignColumnsAndWriteRowsBeyondTheSample() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output table = Output.of(Output.Format.TABLE, new PrintStream(bytes), true, List.of("id", "title"))) {
            for (int i = 0; i < 250; i++) {
                int row = i;
                table.row(out -> out.beginObject()
                        .name("id")
                        .number(row)
                        .name("title")
                        .string("t" + row)
                        .endObject());
            }
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(251);
        assertThat(lines.get(0)).isEqualTo("id  title");
        assertThat(lines.get(10)).isEqualTo("9   t9");
        assertThat(lines.get(250)).isEqualTo("249  t249");
    }

    private static List<String> table(String... rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output table = Output.of(Output.Format.TABLE, new PrintStream(bytes), true, List.of())) {
            for (String row : rows) {
                table.row(JsonValue.of(row));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldHaveAColumnForAMemberOfALaterRow() {
        assertThat(table("{\"id\":1,\"tags\":[\"x\"]}", "{\"id\":2,\"user\":\"anna\"}", "{\"id\":3,\"tags\":[]}"))
                .containsExactly("id  user", "1   ", "2   anna", "3   ");
    }

    @Test
    void shouldHaveNoColumnForAMemberThatIsAlwaysNull() {
        assertThat(table(
                        "{\"id\":1,\"user\":null,\"tags\":null,\"x\":null}",
                        "{\"id\":2,\"user\":\"anna\",\"tags\":[]}"))
                .containsExactly("id  user", "1   ", "2   anna");
        assertThat(table("{\"id\":null}")).containsExactly("id", "");
    }

    /** The response of a hunting query is an example. */
    @Test
    void shouldShowAResponseOfListsOnly() {
        assertThat(table("{\"@odata.context\":\"c\",\"results\":[{\"Name\":\"quay\"}]}"))
                .hasSize(2)
                .last()
                .asString()
                .contains("quay");
    }

    @Test
    void shouldEscapeNamesOfColumns() {
        assertThat(table("{\"a\\u001b[2J\":1}")).containsExactly("a\\u001b[2J", "1");
    }
}
