package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.bundle.SourceFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {

    @TempDir
    Path folder;

    @Test
    void shouldReadMoreYamlThanTheParserDoes() throws IOException {
        Path file = folder.resolve("garden.yaml");
        Files.writeString(file, "list:\n" + ("- " + "a".repeat(100) + "\n").repeat(40_000));

        assertThat(new SourceFiles(file).document(file).path("list")).hasSize(40_000);
    }

    @Test
    void shouldReadMoreJsonThanTheParserDoes() throws IOException {
        Path file = folder.resolve("garden.json");
        Files.writeString(file, "{ \"text\": \"" + "a".repeat(25_000_000) + "\" }");

        assertThat(new SourceFiles(file).document(file).path("text").asText()).hasSize(25_000_000);
    }

    @Test
    void shouldRefuseMoreThan64Megabytes() throws IOException {
        Path file = folder.resolve("garden.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((64 << 20) + 1);
        }

        assertThatThrownBy(() -> new SourceFiles(file).document(file))
                .hasMessage("garden.json: has 67108865 bytes, and at most 64 MB are read; remove examples, or divide"
                        + " the description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garden.json", "garden.yaml"})
    void shouldRefuseMoreThan200Levels(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "{ \"a\": " + "[".repeat(199) + "]".repeat(199) + " }");
        assertThat(new SourceFiles(file).document(file)).isNotEmpty();

        Files.writeString(file, "{ \"a\": " + "[".repeat(200) + "]".repeat(200) + " }");

        assertThatThrownBy(() -> new SourceFiles(file).document(file))
                .hasMessage(name + ":1:207: has more than 200 levels; give inner schemas a name, and refer to them"
                        + " with $ref");
    }

    @Test
    void shouldReadJsonByTheRulesOfJson() throws IOException {
        Path file = Files.writeString(folder.resolve("garden.json"), "{ a: 1 }");

        assertThatThrownBy(() -> new SourceFiles(file).document(file))
                .hasMessage("garden.json:1:3: Unexpected character ('a' (code 97)): was expecting double-quote to start"
                        + " field name");
    }
}
