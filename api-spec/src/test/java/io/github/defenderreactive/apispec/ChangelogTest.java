package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.ApiChange;
import io.github.defenderreactive.codegen.ApiDiff;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The changelog lists the changes of the descriptions since the last release, whose bundles are in {@code
 * released/<version>}.
 */
class ChangelogTest {

    private static final Path RELEASED = Path.of("released");
    private static final Path BUNDLES = Path.of("target", "classes", "META-INF", "defender-reactive");
    private static final String HEADING = "### API description changes\n";

    @TempDir
    Path folder;

    /** Returns the folder of the last release, or empty before the first one. */
    private static Optional<Path> lastRelease(Path released) throws IOException {
        if (!Files.isDirectory(released)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(released)) {
            return versions.filter(Files::isDirectory)
                    .max(Comparator.comparing(
                            version -> Version.parse(version.getFileName().toString())));
        }
    }

    /** Returns the lines of the section, one for each change; empty if there is none. */
    private static String section(Path before, Path after) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(before)) {
            for (Path file : files.sorted().toList()) {
                ApiDiff.between(file, after.resolve(file.getFileName().toString()))
                        .list()
                        .forEach(change -> lines.add(line(change)));
            }
        }
        return lines.stream().distinct().collect(Collectors.joining());
    }

    private static String line(ApiChange change) {
        List<String> affected = new ArrayList<>();
        change.affected().forEach(dimension -> affected.add(dimension.name().toLowerCase(Locale.ROOT)));
        return "* " + change.text() + (affected.isEmpty() ? "" : " (" + String.join(", ", affected) + ")") + ".\n";
    }

    /** Returns the section of the topmost release of a changelog; empty if it has none. */
    private static String section(String changelog) {
        String[] releases = changelog.split("\n## ", -1);
        String latest = releases.length > 1 ? releases[1] : "";
        int start = latest.indexOf(HEADING);
        if (start < 0) {
            return "";
        }
        String section = latest.substring(start + HEADING.length()).stripLeading();
        int end = section.indexOf("\n### ");
        // Long lines are wrapped.
        return (end < 0 ? section : section.substring(0, end)).strip().replaceAll("\\n  +", " ") + "\n";
    }

    @Test
    void shouldListTheChangesOfTheDescriptionsSinceTheLastRelease() throws IOException {
        Optional<Path> last = lastRelease(RELEASED);
        String expected = last.isEmpty() ? "" : section(last.get(), BUNDLES);

        assertThat(section(Files.readString(Path.of("..", "CHANGELOG.md"))))
                .as("section %s of the changelog", HEADING.strip())
                .isEqualTo(expected);
    }

    @Test
    void shouldCompareWithTheLastRelease() throws IOException {
        for (String version : List.of("0.9.0", "0.10.0", "0.2.1")) {
            Files.createDirectories(folder.resolve(version));
        }
        Path last = lastRelease(folder).orElseThrow();
        String name = "defender-xdr.json";
        Files.writeString(
                last.resolve(name), Files.readString(BUNDLES.resolve(name)).replace("\"PT1M\"", "\"PT2M\""));
        String expected = """
                * IncidentsApi.get has the timeout PT2M -> PT1M (behaviour).
                * IncidentsApi.update has the timeout PT2M -> PT1M (behaviour).
                """;

        assertThat(last).isEqualTo(folder.resolve("0.10.0"));
        assertThat(section(last, BUNDLES)).isEqualTo(expected);
        assertThat(section("# Changelog\n\n## 0.11.0\n\n" + HEADING + "\n" + expected.replace(" (", "\n  (")
                        + "\n### Other\n\n## 0.10.0\n"))
                .isEqualTo(expected);
        assertThat(section("# Changelog\n\n## 0.11.0\n\n### Other\n\n## 0.10.0\n\n" + HEADING))
                .isEmpty();
    }
}
