package io.github.defenderreactive.client.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCheckpointTest {

    @Test
    void shouldRememberFilesAndLines() {
        ExportCheckpoint checkpoint = ExportCheckpoint.start()
                .after(new Placed<>("/b", 1, false, "x"))
                .after(new Placed<>("/a", 1, false, "x"))
                .after(new Placed<>("/b", 7, false, "x"))
                .after(new Placed<>("/a", 2, true, "x"))
                .after(new Placed<>("/\"c\u00fc", 3, true, "x"));

        assertThat(checkpoint)
                .hasToString("{\"version\":1,\"completed\":[\"/\\\"c\u00fc\",\"/a\"],\"open\":{\"/b\":7}}")
                .isEqualTo(ExportCheckpoint.parse(checkpoint.toString()))
                .hasSameHashCodeAs(ExportCheckpoint.parse(checkpoint.toString()))
                .isNotEqualTo(ExportCheckpoint.start());
        assertThat(checkpoint.isCompleted("/a")).isTrue();
        assertThat(checkpoint.isCompleted("/b")).isFalse();
        assertThat(checkpoint.lines("/b")).isEqualTo(7);
        assertThat(checkpoint.lines("/a")).isZero();
        assertThat(checkpoint.missing(Set.of("/a", "/\"c\u00fc"))).isEqualTo("/b");
        assertThat(checkpoint.missing(Set.of("/a", "/b", "/\"c\u00fc", "/d"))).isNull();
    }

    @Test
    void shouldIgnoreMembersOfALaterRelease() {
        assertThat(ExportCheckpoint.parse("{\"version\":1,\"more\":[{}],\"completed\":[\"/a\"]}")
                        .isCompleted("/a"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"version\":2,\"completed\":[],\"open\":{}}",
                "{\"version\":1,\"completed\":[1]}",
                "{\"version\":1,\"open\":{\"/a\":\"x\"}}",
                "{\"version\":1} x"
            })
    void shouldRefuseAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ExportCheckpoint.parse(text));
    }
}
