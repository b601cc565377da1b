package io.github.defenderreactive.apispec.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The figures in {@code graph-sdk.txt} are those of the newest SDK of Microsoft Graph. Only with the profile
 * {@code graph-drift}, which downloads the SDK; {@code -Dgolden.update=true} takes new figures over.
 */
class GraphSdkTest {

    private static final Path FIGURES = Path.of(
            System.getProperty("defender.root"), "api-spec", "src", "test", "resources", "drift", "graph-sdk.txt");

    @TestFactory
    Stream<DynamicTest> shouldHaveTheFiguresOfTheNewestSdk() {
        return Boolean.getBoolean("defender.graph.sdk")
                ? Stream.of(dynamicTest("microsoft-graph " + SdkFigures.version(), GraphSdkTest::compare))
                : Stream.empty();
    }

    private static void compare() throws IOException {
        String newest = "# Types of Microsoft Graph v1.0, read from com.microsoft.graph:microsoft-graph "
                + SdkFigures.version() + " (MIT).\n# Renewed by: mvn -Pgraph-drift -pl api-spec -am test"
                + " -Dtest=GraphSdkTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true\n"
                + SdkFigures.read().text();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FIGURES.getParent());
            Files.writeString(FIGURES, newest);
        }

        assertThat(Files.readAllLines(FIGURES))
                .containsExactlyElementsOf(newest.lines().toList());
    }
}
