package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GeneratedCodeTest {

    @Test
    void shouldCompileWithoutAWarning() {
        assertThat(GeneratedClient.instance().compilerOutput()).isEmpty();
    }

    @Test
    void shouldPassJavadocWithoutAWarning() throws IOException {
        assertThat(GeneratedClient.instance().javadocOutput()).isEmpty();
    }
}
