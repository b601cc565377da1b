package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages show is what compiles here: every part of these programs that has a name, and nothing else. */
class PagesTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));
    private static final List<String> PAGES =
            List.of("README.md", "docs/read.md", "docs/json.md", "docs/watch.md", "docs/test.md");

    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAMED =
            Pattern.compile("// tag::(\\w+)\\[]\n(.*?)\\h*// end::\\1\\[]", Pattern.DOTALL);

    @Test
    void shouldShowWhatCompiles() throws IOException {
        List<String> shown = new ArrayList<>();
        for (String page : PAGES) {
            Matcher snippet = SHOWN.matcher(Files.readString(ROOT.resolve(page)));
            while (snippet.find()) {
                shown.add(snippet.group(1));
            }
        }

        assertThat(shown).hasSizeGreaterThan(PAGES.size()).containsExactlyInAnyOrderElementsOf(compiled());
    }

    private static List<String> compiled() throws IOException {
        List<String> parts = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(ROOT.resolve("samples/quickstart/src"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher part = NAMED.matcher(Files.readString(source));
                while (part.find()) {
                    parts.add(part.group(2).stripTrailing().stripIndent() + "\n");
                }
            }
        }
        return parts;
    }
}
