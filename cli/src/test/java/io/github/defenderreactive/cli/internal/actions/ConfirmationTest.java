package io.github.defenderreactive.cli.internal.actions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {

    private static Confirmation of(String input, boolean terminal) {
        return new Confirmation(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), terminal);
    }

    @Test
    void shouldAcceptYes() {
        assertThatCode(() -> of("Yes\n", true).require("Isolate on 2 devices")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no\n", "yesterday\n"})
    void shouldAcceptNothingElse(String input) {
        assertThatThrownBy(() -> of(input, true).require("Isolate on 2 devices"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Not confirmed; nothing was requested");
    }

    @Test
    void shouldNotReadWhatIsNotATerminal() {
        assertThatThrownBy(() -> of("yes\n", false).require("Isolate on 2 devices"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Isolate on 2 devices must be confirmed: add --yes");
    }
}
