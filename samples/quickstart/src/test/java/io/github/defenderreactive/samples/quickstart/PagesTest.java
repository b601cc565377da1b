package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages show exactly the named parts of the samples, and their links lead somewhere. */
class PagesTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));
    /** Pages whose snippets are compared in other modules, or generated. */
    private static final Set<String> ELSEWHERE = Set.of("observe.md", "operations.md");

    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAMED =
            Pattern.compile("// tag::([\\w-]+)\\[]\n(.*?)\\h*// end::\\1\\[]", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void shouldShowWhatCompiles() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path page : pages()) {
            if (!ELSEWHERE.contains(page.getFileName().toString())) {
                Matcher snippet = SHOWN.matcher(Files.readString(page));
                while (snippet.find()) {
                    shown.add(snippet.group(1));
                }
            }
        }

        assertThat(shown).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(compiled());
    }

    @Test
    void shouldLinkToPagesAndHeadingsThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                if (!link.group(1).contains("://") && !exists(page, link.group(1))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static boolean exists(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    /** As GitHub derives them from headings. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<String> compiled() throws IOException {
        List<String> parts = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(ROOT.resolve("samples"))) {
            for (Path source : sources.filter(PagesTest::isSource).toList()) {
                Matcher part = NAMED.matcher(Files.readString(source));
                while (part.find()) {
                    parts.add(part.group(2).stripTrailing().stripIndent() + "\n");
                }
            }
        }
        return parts;
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java")
                && ROOT.relativize(file).getName(2).toString().equals("src");
    }
}
