package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.ApiChanges.Dimension;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiDiffTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "diff");
    static final Path MUSEUM = FOLDER.resolve("museum.yaml");

    private static final Surface BEFORE =
            Surface.of(Element.root(Description.read(MUSEUM, List.of()).document()));

    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    /** A case of the file. */
    record Case(String name, List<String> replacements, String expected) {

        @Override
        public String toString() {
            return name;
        }

        String applied(String description) {
            String text = description;
            for (String replacement : replacements) {
                String[] sides = replacement.split(" =>", -1);
                String old = sides[0].replace("\\n", "\n");
                assertThat(text).contains(old);
                text = text.replace(
                        old, sides[1].isEmpty() ? "" : sides[1].substring(1).replace("\\n", "\n"));
            }
            return text;
        }
    }

    static List<Case> cases() throws IOException {
        return Arrays.stream(Files.readString(FOLDER.resolve("cases.txt")).split("\n\n", -1))
                .filter(block -> !block.startsWith("#"))
                .map(block -> {
                    List<String> lines = block.strip().lines().toList();
                    return new Case(
                            lines.get(0),
                            lines.stream()
                                    .filter(line -> line.startsWith("- "))
                                    .map(line -> line.substring(2))
                                    .toList(),
                            lines.stream()
                                    .skip(1)
                                    .filter(line -> !line.startsWith("- "))
                                    .collect(Collectors.joining("\n")));
                })
                .toList();
    }

    static Case named(String name) throws IOException {
        return cases().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String shown(ApiChange change) {
        List<String> affected = new ArrayList<>();
        change.affected().forEach(dimension -> affected.add(dimension.name().toLowerCase(Locale.ROOT)));
        if (change.warning()) {
            affected.add("warning");
        }
        return change.kind() + ": " + names(change.before()) + " => " + names(change.after()) + " is "
                + (affected.isEmpty() ? "compatible" : String.join(", ", affected))
                + (change.likelyRename() ? "; rename" : "");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldFind(Case one) throws IOException {
        ObjectNode after = (ObjectNode) YAML.readTree(one.applied(Files.readString(MUSEUM)));

        List<ApiChange> found =
                ApiDiff.between(BEFORE, Surface.of(Element.root(after))).list();

        assertThat(found.stream().map(ApiDiffTest::shown).collect(Collectors.joining("\n")))
                .isEqualTo(one.expected());
    }

    @Test
    void shouldFindSeveralChanges() throws IOException {
        String after = Files.readString(MUSEUM)
                .replace("version: '1'", "version: '2'")
                .replace("donor: {", "patron: {")
                .replace("PT2M", "PT1M")
                .replace("operationId: getExhibit", "operationId: getExhibit\n      deprecated: true")
                .replace("museum.example/api", "museum.example/v2")
                .replace("description: For good.", "description: Until it is opened.");
        Files.writeString(folder.resolve("after.yaml"), after);

        ApiChanges changes = ApiDiff.between(MUSEUM, folder.resolve("after.yaml"));

        assertThat(changes.markdown()).isEqualTo("""
                # API changes: Museum 1 to 2

                5 changes: source 1 breaking and 1 with a warning, binary 1 breaking, wire 0 changed, behaviour 2 changed, 1 compatible.

                ## Breaking

                | Before | After | Affects | Change |
                |---|---|---|---|
                | `Exhibit.donor()` | `Exhibit.patron()` | source, binary | Exhibit.donor() is now patron(); likely a rename, because type and position are the same. |

                ## Changed behaviour

                | Before | After | Affects | Change |
                |---|---|---|---|
                | `Museum` | `Museum` | behaviour | The API root https://museum.example/api -> https://museum.example/v2; programs that configure it themselves are not concerned. |
                | `ExhibitsApi.listExhibits` | `ExhibitsApi.listExhibits` | behaviour | ExhibitsApi.listExhibits has the timeout PT2M -> PT1M. |

                ## Warnings of the compiler

                | Before | After | Affects | Change |
                |---|---|---|---|
                | `ExhibitsApi.getExhibit` | `ExhibitsApi.getExhibit` | source (warning) | ExhibitsApi.getExhibit is deprecated. |

                ## Documentation

                | Before | After | Affects | Change |
                |---|---|---|---|
                | `HallsApi.closeRoom` | `HallsApi.closeRoom` | – | The documentation of HallsApi.closeRoom has changed (description). |
                """);
        assertThat(changes.json()).startsWith("""
                {
                  "before": {
                    "title": "Museum",
                    "version": "1"
                  },
                  "after": {
                    "title": "Museum",
                    "version": "2"
                  },
                  "summary": {
                    "changes": 5,
                    "sourceBreaking": 1,
                    "sourceWarning": 1,
                    "binaryBreaking": 1,
                    "wireChanged": 0,
                    "behaviourChanged": 2,
                    "compatible": 1
                  },
                  "changes": [
                    {
                      "kind": "server-moved",
                      "place": "#/servers",
                      "before": [
                        "Museum"
                      ],
                      "after": [
                        "Museum"
                      ],
                      "likelyRename": false,
                      "source": "compatible",
                      "binary": "compatible",
                      "wire": "same",
                      "behaviour": "changed",
                      "text": "The API root""");
        assertThat(changes.fails(Set.of(Dimension.WIRE))).isFalse();
        assertThat(changes.fails(Set.of(Dimension.WIRE, Dimension.BINARY))).isTrue();
        assertThat(changes.fails(Dimension.parse("none"))).isFalse();
    }

    private static int run(StringBuilder printed, Object... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            int code = ApiDiff.run(Stream.of(arguments).map(Object::toString).toList(), out, out);
            printed.append(bytes.toString(StandardCharsets.UTF_8));
            return code;
        }
    }

    @Test
    void shouldEndWithTheCodeOfTheGate() throws IOException {
        Path after = Files.writeString(
                folder.resolve("after.yaml"), Files.readString(MUSEUM).replace("[Shown, ", "[shown, "));
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"), Files.readString(MUSEUM).replace("replay: safe", "replay: sometimes"));
        Path json = folder.resolve("out/changes.json");
        StringBuilder printed = new StringBuilder();

        assertThat(run(printed, MUSEUM, after, "--json", json, "--fail-on", "source,binary"))
                .isZero();
        assertThat(printed).isEmpty();
        assertThat(json).content().contains("\"kind\": \"enum-value-wire-case\"");
        assertThat(run(printed, MUSEUM, after, "--markdown", "-", "--fail-on", "Source, WIRE"))
                .isEqualTo(1);
        assertThat(printed)
                .startsWith("# API changes")
                .contains("The changes affect [WIRE]: 1 change: source 0 breaking");
        printed.setLength(0);
        assertThat(run(printed, MUSEUM, bad)).isEqualTo(2);
        assertThat(printed).startsWith("2 findings:").contains("bad.yaml:18:7 ").contains("must be safe or unsafe");
        printed.setLength(0);
        assertThat(run(printed, MUSEUM, after, "--fail-on", "wires")).isEqualTo(2);
        assertThat(run(printed, MUSEUM)).isEqualTo(2);
        assertThat(run(printed, MUSEUM, after, "--out", "x")).isEqualTo(2);
        assertThat(run(printed, MUSEUM, after, "--json")).isEqualTo(2);
        assertThat(printed.toString().lines())
                .containsExactly(
                        "unknown dimension wires; the dimensions are source, binary, wire, behaviour and none",
                        "Arguments: description before, description after, [--json file] [--markdown file] [--fail-on"
                                + " source,binary]",
                        "unknown option --out. Arguments: description before, description after, [--json file]"
                                + " [--markdown file] [--fail-on source,binary]",
                        "--json needs a value. Arguments: description before, description after, [--json file]"
                                + " [--markdown file] [--fail-on source,binary]");
    }
}
