package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.ApiChange;
import io.github.defenderreactive.codegen.ApiDiff;
import io.github.defenderreactive.codegen.Description;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the service added over the years, taken back by overlays: each description generates, and the changes between two are those of its release notes. */
class HistoryTest {

    private static final Path ROOT = Path.of("defender-endpoint", "openapi.yaml");
    private static final List<String> DATES = List.of("2022-08", "2021-10", "2020-09");

    /** Returns the description of a date, or of now for an empty text. */
    private static Description at(String date) {
        List<Path> overlays = new ArrayList<>();
        for (String later : DATES) {
            if (date.isEmpty()) {
                break;
            }
            overlays.add(Path.of("history", later + ".overlay.yaml"));
            if (later.equals(date)) {
                break;
            }
        }
        Description description = Description.read(ROOT, overlays);
        assertThat(description.warnings()).isEmpty();
        description.check();
        return description;
    }

    private static Set<String> changes(String before, String after) {
        return ApiDiff.between(at(before), at(after)).list().stream()
                .filter(change -> !change.place().startsWith("#/components/schemas")
                        || !change.kind().equals("schema-added"))
                .map(ApiChange::text)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldNameTheChangesUntilOctober2021() {
        assertThat(changes("2020-09", "2021-10")).containsExactlyInAnyOrder("?");
    }

    @Test
    void shouldNameTheChangesUntilAugust2022() {
        assertThat(changes("2021-10", "2022-08")).containsExactlyInAnyOrder("?");
    }

    @Test
    void shouldNameTheChangesSince() {
        assertThat(changes("2022-08", "")).containsExactlyInAnyOrder("?");
    }
}
