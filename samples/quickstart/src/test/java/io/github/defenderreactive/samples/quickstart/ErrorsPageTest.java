package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException.Phase;
import io.github.defenderreactive.runtime.error.DefenderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("defender.root"), "docs/errors.md"));
    }

    @Test
    void shouldShowEveryExceptionOfTheHierarchy() throws IOException {
        assertThat(page())
                .contains(hierarchy(DefenderException.class)
                        .map(Class::getSimpleName)
                        .toList());
    }

    private static Stream<Class<?>> hierarchy(Class<?> type) {
        return type.isSealed()
                ? Stream.concat(
                        Stream.of(type),
                        Arrays.stream(type.getPermittedSubclasses()).flatMap(ErrorsPageTest::hierarchy))
                : Stream.of(type);
    }

    @Test
    void shouldShowEveryPhaseOfATimeout() throws IOException {
        assertThat(page())
                .contains(Arrays.stream(Phase.values())
                        .map(phase -> "`" + phase + "` | ")
                        .toList());
    }
}
