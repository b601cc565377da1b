package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions in the README are those of the build and of its profile {@code lowest}. */
class SupportedVersionsTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));
    private static final Pattern QUALIFIER = Pattern.compile("\\.(Final|RELEASE)$");

    @ParameterizedTest
    @CsvSource({
        "reactor-bom.version, Reactor",
        "reactor-netty.version, Reactor Netty",
        "netty.version, Netty",
        "jackson-annotations.version, jackson-annotations",
        "micrometer.version, 'Micrometer, optional'",
        "oauth2-oidc-sdk.version, oauth2-oidc-sdk and nimbus-jose-jwt",
        "nimbus-jose-jwt.version, oauth2-oidc-sdk and nimbus-jose-jwt"
    })
    void shouldBeThoseOfTheBuild(String property, String row) throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String lowest = pom.substring(pom.indexOf("<id>lowest</id>"));

        String[] columns = row(row);

        assertThat(columns[2]).contains(version(property, lowest));
        assertThat(columns[3]).contains(version(property, pom));
    }

    private static String version(String property, String pom) {
        Matcher value = Pattern.compile("<" + property + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as(property).isTrue();
        return QUALIFIER.matcher(value.group(1)).replaceFirst("");
    }

    private static String[] row(String name) throws IOException {
        return Files.readString(ROOT.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("| " + name + " |"))
                .findFirst()
                .orElseThrow()
                .split("\\|");
    }
}
