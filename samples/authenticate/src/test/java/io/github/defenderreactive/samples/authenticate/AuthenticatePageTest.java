package io.github.defenderreactive.samples.authenticate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuthenticatePageTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));
    private static final Pattern SNIPPET = Pattern.compile("// tag::[\\w-]+\\[]\\n(.*?)\\n *// end::", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)\\n```", Pattern.DOTALL);

    @Test
    void shouldShowTheSnippetsThatCompileAndNoOthers() throws IOException {
        List<String> compiled = new ArrayList<>();
        try (Stream<Path> sources = Files.list(
                ROOT.resolve("samples/authenticate/src/main/java/io/github/defenderreactive/samples/authenticate"))) {
            for (Path source : sources.toList()) {
                compiled.addAll(found(SNIPPET, Files.readString(source)));
            }
        }
        List<String> shown = found(BLOCK, Files.readString(ROOT.resolve("docs/authenticate.md")));

        assertThat(compiled).hasSizeGreaterThan(15);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(compiled);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).stripIndent())
                .toList();
    }
}
