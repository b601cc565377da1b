package io.github.defenderreactive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableOutputTest {

    @Test
    void shouldEscapeWhatCouldSteerATerminal() {
        assertThat(TableOutput.escaped("a\u001b[2Jb\r\nc\u202ed")).isEqualTo("a\\u001b[2Jb\\u000d\\u000ac\\u202ed");
        assertThat(TableOutput.escaped("Grüße 東京 😀")).isEqualTo("Grüße 東京 😀");
    }

    @Test
    void shouldAlignColumnsAndWriteRowsBeyondTheSample() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output table = Output.of(Output.Format.TABLE, new PrintStream(bytes), List.of("id", "title"))) {
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
}
