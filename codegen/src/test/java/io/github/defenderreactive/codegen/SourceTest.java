package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source of operations, types and members. */
class SourceTest {

    private static final String DOCUMENTED = "* <p>Documented in {@code ";
    private static final String OBSERVED = "* <p>Observed in responses";
    private static final String INFERRED = "* <p>Inferred";

    @TempDir
    Path folder;

    @Test
    void shouldNameTheSourceOfATypeAndOfMembersThatHaveAnother() throws IOException {
        generate(
                Garden.DESCRIPTION,
                "version: '1' }",
                "version: '1', x-defender-source: { date: 2020-11 } }",
                "x-defender-source: none",
                "x-defender-source: get-plant.md",
                "Plant:\n      type: object",
                "Plant:\n      type: object\n      x-defender-source: plant.md",
                "height: { type: integer }",
                """
                height: { type: integer, x-defender-source: { evidence: observed, date: '2019' } }
                        width: { type: integer, x-defender-source: inferred }
                        depth: { type: integer, x-defender-source: { page: depth.md, date: 2018-01-31 } }
                        age: { type: integer, x-defender-source: { page: age.md } }
                        seen: { type: integer, x-defender-source: plant.md }
                        other: { type: integer, x-defender-source: observed }""",
                "Bed: { type: object",
                "Bed: { x-defender-source: { evidence: inferred, page: beds.md, date: '2017' }, type: object");

        assertThat(java("PlantsApi")).contains(DOCUMENTED + "get-plant.md}, as of 2020-11.\n");
        assertThat(java("Plant"))
                .containsOnlyOnce(DOCUMENTED + "plant.md}, as of 2020-11.\n *")
                .containsOnlyOnce(OBSERVED + " of 2019, not documented by the service.\n")
                .containsOnlyOnce(OBSERVED + ", not documented by the service.\n")
                .containsOnlyOnce(INFERRED + ", neither documented by the service nor observed.\n")
                .containsOnlyOnce(DOCUMENTED + "depth.md}, as of 2018-01-31.\n")
                .containsOnlyOnce(DOCUMENTED + "age.md}, as of 2020-11.\n");
        assertThat(java("Bed"))
                .containsOnlyOnce(INFERRED + " from {@code beds.md} as of 2017, neither documented by the service nor"
                        + " observed.\n");
    }

    @Test
    void shouldNotDateAPageByTheDateOfAnother() throws IOException {
        generate(
                Garden.DESCRIPTION,
                "version: '1' }",
                "version: '1', x-defender-source: { page: metadata, date: 2020-11 } }",
                "x-defender-source: none",
                "x-defender-source: get-plant.md");

        assertThat(java("PlantsApi")).contains(DOCUMENTED + "get-plant.md}.\n");
        assertThat(java("Plant")).containsOnlyOnce(DOCUMENTED + "metadata}, as of 2020-11.\n");
    }

    @Test
    void shouldNameTitleAndVersionInEachFile() throws IOException {
        generate(Garden.DESCRIPTION, "title: Garden, version: '1'", "title: \"The \\\\u000a Garden\\n\", version: 2b");

        assertThat(Nasty.javaFiles(folder).values())
                .isNotEmpty()
                .allMatch(text -> text.startsWith("// Generated from The u000a Garden 2b; do not edit.\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ a.md ] | : must be a page, observed or inferred, or a mapping with page, date, evidence",
                "{ pages: a.md } | /pages: is not known; the parts of a source are page, date, evidence",
                "{ page: a.md, date: 2020-13 } | /date: must be a year, a month or a day, such as 2026, 2026-11 or"
                        + " 2026-11-30",
                "{ evidence: rumoured } | /evidence: must be documented, observed or inferred",
            })
    void shouldRefuseAnotherForm(String value, String finding) {
        assertThatThrownBy(() -> generate(
                        Garden.DESCRIPTION,
                        "name: { type: string }",
                        "name: { type: string, x-defender-source: " + value + " }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageEndingWith(" #/components/schemas/Plant/properties/name/x-defender-source" + finding);
        assertThatThrownBy(() -> generate(
                        Garden.DESCRIPTION, "version: '1' }", "version: '1', x-defender-source: " + value + " }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageEndingWith(" #/info/x-defender-source" + finding);
    }

    private void generate(String description, String... replacements) throws IOException {
        String text = description;
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).containsOnlyOnce(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        Garden.generate(text, folder);
    }

    private String java(String type) throws IOException {
        return Nasty.javaFiles(folder).entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + type + ".java"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
