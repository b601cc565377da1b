package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WatchPageTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));

    @Test
    void shouldShowTheMethodThatCompiles() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/watch.md"));
        int from = page.indexOf("```java\n") + "```java\n".length();
        String shown = page.substring(from, page.indexOf("```", from));

        String source = Files.readString(ROOT.resolve(
                "samples/quickstart/src/main/java/io/github/defenderreactive/samples/quickstart/WatchAlerts.java"));
        String tagged = source.substring(
                source.indexOf("    // tag::watch[]\n") + "    // tag::watch[]\n".length(),
                source.indexOf("    // end::watch[]"));

        assertThat(shown).isEqualTo(tagged.stripTrailing().stripIndent() + "\n");
    }
}
