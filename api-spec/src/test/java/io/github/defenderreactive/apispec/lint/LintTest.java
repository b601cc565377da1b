package io.github.defenderreactive.apispec.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules hold for the description, and each of them fires, at the right place, on a document that breaks it. */
class LintTest {

    @ParameterizedTest
    @MethodSource("io.github.defenderreactive.apispec.Bundle#apis")
    void shouldFindNothingInTheDescription(String api) {
        Path root = Path.of(System.getProperty("defender.root"), "api-spec", api, "openapi.yaml");

        assertThat(Linter.lint(root)).isEmpty();
    }

    @Test
    void shouldFindNothingInAGoodDocument() {
        assertThat(Linter.lint(document("good"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} at {2}#{3}")
    @CsvFileSource(resources = "/lint/expected.csv", numLinesToSkip = 1)
    void shouldFindWhatABadDocumentBreaks(String document, String rule, String file, String pointer) {
        List<Finding> findings = Linter.lint(document(document));

        assertThat(findings).extracting(Finding::rule).containsOnly(rule);
        assertThat(findings)
                .extracting(finding -> finding.file() + "#" + finding.pointer())
                .containsExactly(file + "#" + (pointer == null ? "" : pointer));
    }

    @Test
    void shouldProveEveryBadDocument() throws IOException {
        List<String> expected =
                Files.readAllLines(resource("expected.csv")).stream().skip(1).toList();
        try (Stream<Path> documents = Files.list(resource("good").getParent())) {
            assertThat(documents
                            .filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString()))
                    .filteredOn(name -> !name.equals("good"))
                    .allMatch(name -> expected.stream().anyMatch(line -> line.startsWith(name + ",")));
        }
    }

    @Test
    void shouldNameFileAndPointerInTheMessage() {
        assertThat(Linter.lint(document("dangling-reference")))
                .singleElement()
                .hasToString("schemas/things.yaml#/Thing/properties/other/$ref: nothing is at #/Other"
                        + " [dangling-reference]");
    }

    private static Path document(String name) {
        return resource(name).resolve("openapi.yaml");
    }

    private static Path resource(String name) {
        try {
            return Path.of(LintTest.class.getResource("/lint/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
