package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference in docs is the one the build made; {@code -Dgolden.update=true} takes the present one over. */
class OperationsReferenceTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("defender.root"), "docs", "operations.md");

    @Test
    void shouldBeCurrent() throws IOException {
        String generated = Files.readString(Path.of("target", "operations.md"));
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(DOCUMENT).hasContent(generated);
        for (String api : Bundle.apis()) {
            assertThat(Bundle.load(api).operations().keySet())
                    .allSatisfy(id -> assertThat(generated).contains("#### " + id + "\n"));
        }
    }
}
