package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.reference.ReferenceText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTextTest {

    @Test
    void shouldEscapeTextButNotCode() {
        ObjectNode bundle = Nasty.bundle();
        ((ObjectNode) bundle.at("/paths/~1log/get")).put("description", "Rows with a < b * c, as in `a < b * c`.");

        assertThat(ReferenceText.of(List.of(bundle))).contains("Rows with a \\< b \\* c, as in `a < b * c`.");
    }
}
