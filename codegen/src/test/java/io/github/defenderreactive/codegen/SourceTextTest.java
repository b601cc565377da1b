package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.SourceText;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no YAML, JSON or UTF-8. */
class SourceTextTest {

    @TempDir
    Path folder;

    private String message(String name, String text, Charset charset) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text, charset);
        return assertThatThrownBy(() -> new SourceText(file, name).document())
                .isInstanceOf(DescriptionException.class)
                .actual()
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.yaml | openapi: 3.1.0\\n\\tinfo: {} | a.yaml:2:1: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation)",
                "a.yaml | info: { title: | a.yaml:1:15: expected the node content, but found '<stream end>'",
                "a.yaml | a: 1\\nb: 2\\na: 3 | a.yaml:3:2: Duplicate field 'a'",
                "a.yaml | `` | a.yaml: is empty; a description begins with openapi: 3.1.0",
                "a.yaml | [ 1, 2 ] | a.yaml: is not a mapping; a description begins with openapi: 3.1.0",
                "a.json | {\"a\": 1, | a.json:1:9: Unexpected end-of-input",
            })
    void shouldNameLineAndColumn(String name, String text, String message) throws IOException {
        assertThat(message(name, text.replace("\\n", "\n").replace("\\t", "\t"), StandardCharsets.UTF_8))
                .startsWith(message);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16, 0xFE at offset 0", "windows-1252, 0xFC at offset 3"})
    void shouldNameTheByteThatIsNotUtf8(String charset, String place) throws IOException {
        assertThat(message("a.yaml", "a: \u00fc", Charset.forName(charset)))
                .isEqualTo("a.yaml: not UTF-8 (byte " + place + "); save the file as UTF-8");
    }

    @Test
    void shouldNotFollowALinkOutOfTheFolder() throws IOException {
        Path outside =
                Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("b.yaml"), "B: {}");
        Path inside = Files.createDirectory(folder.resolve("api"));
        Files.createSymbolicLink(inside.resolve("b.yaml"), outside);
        Path root = Files.writeString(inside.resolve("a.yaml"), """
                openapi: 3.1.0
                paths: {}
                components: { schemas: { B: { $ref: 'b.yaml#/B' } } }
                """);

        assertThatThrownBy(() -> new Bundle(root).build())
                .hasMessage("a.yaml:3:31 #/components/schemas/B/$ref: unresolved reference b.yaml#/B: only files below"
                        + " the root file's folder are read; copy the file into it");
    }
}
