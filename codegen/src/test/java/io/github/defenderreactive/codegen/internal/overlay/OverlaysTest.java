package io.github.defenderreactive.codegen.internal.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlaysTest {

    private static final String HEAD = "overlay: 1.1.0\ninfo: { title: Ours, version: '1' }\nactions:\n";

    @TempDir
    Path folder;

    private static ObjectNode tree(String yaml) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(yaml);
    }

    private Overlay overlay(String name, String text) throws IOException {
        return Overlay.read(Files.writeString(folder.resolve(name), text));
    }

    private Overlays.Result applied(String document, String... actions) throws IOException {
        List<Overlay> overlays = new ArrayList<>();
        for (String action : actions) {
            overlays.add(
                    overlay("o" + overlays.size() + ".yaml", action.startsWith("overlay:") ? action : HEAD + action));
        }
        return Overlays.apply(tree(document), overlays);
    }

    private String message(String document, String... actions) {
        return assertThatThrownBy(() -> applied(document, actions))
                .isInstanceOf(DescriptionException.class)
                .actual()
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Objects are merged.
                "{a: {b: 1, c: 2}} | - {target: $, update: {a: {b: 3, d: 4}, e: 5}} | {a: {b: 3, c: 2, d: 4}, e: 5}",
                "{a: {b: 1}} | - {target: $.a, update: {}} | {a: {b: 1}}",
                "{a: {b: x}} | - {target: $.a, update: {b: null}} | {a: {b: null}}",
                "{a: {b: null}} | - {target: $.a, update: {b: true}} | {a: {b: true}}",
                "{a: {b: {}}, c: {b: {}}} | - {target: $.*.b, update: {x: [1]}} | {a: {b: {x: [1]}}, c: {b: {x: [1]}}}",
                // Lists are appended to.
                "{a: [1]} | - {target: $.a, update: {b: 2}} | {a: [1, {b: 2}]}",
                "{a: [1]} | - {target: $.a, update: x} | {a: [1, x]}",
                "{a: [1]} | - {target: $.a, update: [2, 3]} | {a: [1, 2, 3]}",
                "{a: {b: [1]}} | - {target: $.a, update: {b: [2], c: [3]}} | {a: {b: [1, 2], c: [3]}}",
                "{a: [1], b: [2]} | - {target: '$[''a'',''b'',''a'']', update: 9} | {a: [1, 9], b: [2, 9]}",
                // Single values are replaced.
                "{a: {b: old}} | - {target: $.a.b, update: new} | {a: {b: new}}",
                "{a: [x, y]} | - {target: '$.a[1]', update: 1} | {a: [x, 1]}",
                "{a: {b: 1, c: 2}} | - {target: $.a.*, update: null} | {a: {b: null, c: null}}",
                // Removals.
                "{a: {b: 1, c: 2}} | - {target: $.a.b, remove: true} | {a: {c: 2}}",
                "{a: [0, 1, 2, 3]} | - {target: '$.a[0, 2, -1, 0]', remove: true} | {a: [1]}",
                "{a: [x, x, y, x]} | - {target: '$.a[?@ == ''x'']', remove: true} | {a: [y]}",
                "{a: [{n: p, k: [{n: p}]}, {n: q}]} | - {target: '$..[?@.n == ''p'']', remove: true} | {a: [{n: q}]}",
                "{a: [[1, 2], [1]]} | - {target: '$.a[*][0]', remove: true} | {a: [[2], []]}",
                "{a: 1, b: 2} | - {target: $.*, remove: true} | {}",
                "{a: 1} | - {target: $.a, remove: true, update: 2} | {}",
                "{a: 1} | - {target: $.a, remove: false} | {a: 1}",
                // Copies.
                "{a: {x: [1], y: 2}, b: {x: [3]}} | - {target: $.b, copy: $.a} |"
                        + " {a: {x: [1], y: 2}, b: {x: [3, 1], y: 2}}",
                "{a: {x: {}}} | - {target: $.a.x, copy: $.a} | {a: {x: {x: {}}}}",
                "{a: [1, 2]} | - {target: $.a, copy: $.a} | {a: [1, 2, 1, 2]}",
                "{a: {b: 1}, c: [2]} | - {target: $.c, copy: $.a} | {a: {b: 1}, c: [2, {b: 1}]}",
                "{a: 1, b: 2} | - {target: $.b, copy: '$[?@ == 1]'} | {a: 1, b: 1}",
                // In order.
                "{p: {a: {x: 1}}} | `- {target: $.p, update: {b: {}}}\n- {target: $.p.b, copy: $.p.a}\n- {target: $.p.a,"
                        + " remove: true}` | {p: {b: {x: 1}}}",
                "{s: [{u: old}]} | `- {target: $.s, remove: true}\n- {target: $, update: {s: [{u: new}]}}` |"
                        + " {s: [{u: new}]}",
            })
    void shouldChange(String before, String actions, String after) throws IOException {
        ObjectNode document = tree(before);

        Overlays.Result result = Overlays.apply(document, List.of(overlay("o.yaml", HEAD + actions)));

        assertThat(result.document()).isEqualTo(tree(after));
        assertThat(result.unused()).isEmpty();
        assertThat(document).as("the input").isEqualTo(tree(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- {target: $, remove: true} | o0.yaml:4:4 #/actions/0/target: selects the root, which cannot be"
                        + " removed; select nodes below it",
                "- {target: $.o, update: [1]} | o0.yaml:4:17 #/actions/0/update: is a list, and #/o of the description"
                        + " is an object; write an object, or remove the node with an action before",
                "- {target: $.o, update: {l: {x: 1}}} | o0.yaml:4:26 #/actions/0/update/l: is an object, and #/o/l of the"
                        + " description is a list; write a list, or remove the node with an action before",
                "- {target: $.o.s, update: {}} | o0.yaml:4:19 #/actions/0/update: is an object, and #/o/s of the"
                        + " description is a single value; write a single value, or remove the node with an action"
                        + " before",
                "- {target: $.o.*, update: 1} | o0.yaml:4:4 #/actions/0/target: selects a list and a single value, and"
                        + " an action changes nodes of one kind; write an action for each kind",
                "- {target: $.o, copy: $.none} | o0.yaml:4:17 #/actions/0/copy: the source $.none selects nothing, and"
                        + " one is copied; correct the path",
                "- {target: $.o, copy: $.o.*} | o0.yaml:4:17 #/actions/0/copy: the source $.o.* selects 2 nodes, and one"
                        + " is copied; correct the path",
            })
    void shouldRefuseWhatDoesNotFit(String action, String message) {
        assertThat(message("{o: {l: [], s: x}}", action)).isEqualTo(message);
    }

    @Test
    void shouldRefuseToReplaceSingleValuesBeforeVersionOneOne() {
        String overlay = HEAD.replace("1.1.0", "1.0.3") + "- {target: $.a, update: x}\n";

        assertThat(message("{a: b}", overlay))
                .isEqualTo("o0.yaml:4:4 #/actions/0/target: selects a single value, which is updated since version"
                        + " 1.1; write overlay: 1.1.0, or update the object around it");
    }

    @Test
    void shouldNameTheFindingsOfAllOverlays() {
        assertThat(message(
                        "{a: {}}",
                        "- {target: $.a, update: 1}\n- {target: $.a, update: 2}",
                        "- {target: $, remove: true}"))
                .startsWith("3 findings:\n  o0.yaml:4:17 #/actions/0/update: is")
                .contains("\n  o0.yaml:5:17 #/actions/1/update: is")
                .contains("\n  o1.yaml:4:4 #/actions/0/target: selects");
    }

    private static final String GOOD = """
            overlay: 1.1.0
            info: { title: Ours, version: '1' }
            actions:
              - target: $.a
                update: {}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "overlay: 1.1.0 => overlay: 1.2.0 => 1:1 #/overlay: version 1.2.0: versions 1.0.x and 1.1.x are read;"
                        + " write overlay: 1.1.0, and use its keys only",
                "overlay: 1.1.0 => overlay: 1.1 => 1:1 #/overlay: must be a text, such as 1.1.0",
                "overlay: 1.1.0 => openapi: 3.1.0 => 1:1 #: overlay is missing; add it",
                "overlay: 1.1.0 => extend: a.yaml => 1:1 #/extend: unknown key; the keys are actions, extends, info,"
                        + " overlay and extensions that start with x-; correct or remove it",
                "{ title: Ours, version: '1' } => 5 => 2:1 #/info: must be an object",
                "version: '1' => x-a: 1 => 2:1 #/info: version is missing; add it",
                "version: '1' => version: 1 => 2:22 #/info/version: must be a text; write it in quotes",
                "title: => name: => 2:9 #/info/name: unknown key; the keys are description, title, version and extensions"
                        + " that start with x-; correct or remove it",
                "$.a => $.a. => 4:5 #/actions/0/target: expected a name or *; a name with other characters than letters,"
                        + " digits and _ is written in brackets and quotes, such as ['/name'], at character 5 of $.a.;"
                        + " correct the path",
                "$.a => 1 => 4:5 #/actions/0/target: must be a text",
                "target: $.a => description: x => 4:5 #/actions/0: target is missing; add it",
                "target: $.a => `target: $.a\n    description: []` => 5:5 #/actions/0/description: must be a text; write it"
                        + " in quotes",
                "update: {} => remove: 'true' => 5:5 #/actions/0/remove: must be true or false",
                "update: {} => copy: $.['b'] => 5:5 #/actions/0/copy: expected a name or *; a name with other characters"
                        + " than letters, digits and _ is written in brackets and quotes, such as ['/name'], at"
                        + " character 3 of $.['b']; correct the path",
                "update: {} => updates: {} => 5:5 #/actions/0/updates: unknown key; the keys are copy, description,"
                        + " remove, target, update and extensions that start with x-; correct or remove it",
                "update: {} => x-a: {} => 4:5 #/actions/0: has none of update, remove and copy; add one of them",
                "update: {} => `update: {}\n    copy: $.b` => 4:5 #/actions/0: has update and copy; remove one of them, or"
                        + " write two actions",
                "update: {} => `update: {}\n  - { target: $.a, update: {} }` => 6:5 #/actions/1: is the same action as"
                        + " #/actions/0; remove one of them",
                "update: {} => `update: {}\n  - $.a` => 6:5 #/actions/1: must be an object with target and one of update,"
                        + " remove and copy; correct it",
            })
    void shouldRefuse(String old, String replacement, String message) {
        assertThat(GOOD).containsOnlyOnce(old);

        assertThatThrownBy(() -> overlay("bad.yaml", GOOD.replace(old, replacement)))
                .isInstanceOf(DescriptionException.class)
                .satisfies(e ->
                        assertThat(e.getMessage().lines().map(String::strip)).contains("bad.yaml:" + message));
    }

    @Test
    void shouldNameAllFindingsAtOnce() {
        String bad = GOOD.replace("1.1.0", "2").replace("$.a", "a").replace("update", "remove");

        assertThatThrownBy(() -> overlay("bad.yaml", bad))
                .hasMessageStartingWith("3 findings:\n  bad.yaml:1:1 #/overlay");
    }

    @Test
    void shouldRefuseCopiesInVersionOneZero() {
        assertThatThrownBy(
                        () -> overlay("bad.yaml", GOOD.replace("1.1.0", "1.0.0").replace("update: {}", "copy: $.b")))
                .hasMessage("bad.yaml:5:5 #/actions/0/copy: is read since version 1.1; write overlay: 1.1.0");
    }

    @Test
    void shouldReadJsonAndExtensions() throws IOException {
        Overlay overlay = overlay("ours.json", """
                {"overlay": "1.0.1", "x-team": "soc", "info": {"title": "t", "version": "1", "x-a": 1},
                 "actions": [{"target": "$.a", "update": {"b": 1.5}, "x-why": "missing"}]}
                """);

        assertThat(Overlays.apply(tree("{a: {}}"), List.of(overlay)).document()).hasToString("{\"a\":{\"b\":1.5}}");
        assertThat(overlay.name()).isEqualTo("ours.json");
    }

    @Test
    void shouldReportActionsWithoutATarget() throws IOException {
        Overlays.Result result = applied(
                "{a: {}}",
                "- {target: $.b, update: {}}\n- {target: $.a, update: {c: 1}}",
                "- {target: '$.a.c[0]', remove: true}");

        assertThat(result.unused().stream().map(UnusedAction::message))
                .containsExactly(
                        "o0.yaml:4:3 #/actions/0: the target $.b selects nothing in the description; correct the path,"
                                + " or remove the action",
                        "o1.yaml:4:3 #/actions/0: the target $.a.c[0] selects nothing in the description; correct the"
                                + " path, or remove the action");
    }

    @Test
    void shouldNameTheOriginOfSchemasPropertiesAndOperations() throws IOException {
        String document = """
                paths:
                  /bells:
                    get: { operationId: listBells }
                    put: { operationId: moveBells }
                components:
                  schemas:
                    Bell:
                      type: object
                      properties:
                        tone: { type: string }
                        frame: { type: object, properties: { oak: { type: boolean } } }
                        rope: { type: string }
                    Tower: { type: object, properties: { height: { type: integer } } }
                """;

        Overlays.Result result =
                applied(document, """
                - target: $.components.schemas
                  update:
                    Bell: { properties: { weight: { type: number }, frame: { properties: { iron: { type: boolean } } } } }
                    Clock: { type: object, properties: { hands: { type: integer } } }
                - { target: $.paths, update: { /clocks: { get: { operationId: listClocks } } } }
                - { target: $.components.schemas.Tower.properties.height, remove: true }
                """, """
                - { target: $.paths.*.get, update: { deprecated: true } }
                - { target: $.components.schemas.Bell.properties.tone, update: { description: Its note. } }
                - { target: $.components.schemas.Bell.properties.weight, update: { description: In kg. } }
                - { target: $.components.schemas.Bell.properties.rope, update: { x-a: 1 } }
                """, "- { target: $.components.schemas.Bell.properties.rope, remove: true }");

        Map<String, Origin> origins = new LinkedHashMap<>();
        result.origins().forEach((place, origin) -> origins.put(place.toString(), origin));
        String bell = "/components/schemas/Bell";
        assertThat(origins)
                .containsOnly(
                        Map.entry(bell + "/properties/weight", new Origin("o0.yaml", List.of("o1.yaml"))),
                        Map.entry(bell + "/properties/frame/properties/iron", new Origin("o0.yaml", List.of())),
                        Map.entry(bell + "/properties/tone", new Origin("", List.of("o1.yaml"))),
                        Map.entry(bell, new Origin("", List.of("o2.yaml"))),
                        Map.entry("/components/schemas/Clock", new Origin("o0.yaml", List.of())),
                        Map.entry("/components/schemas/Tower", new Origin("", List.of("o0.yaml"))),
                        Map.entry("/paths/~1clocks/get", new Origin("o0.yaml", List.of("o1.yaml"))),
                        Map.entry("/paths/~1bells/get", new Origin("", List.of("o1.yaml"))));
        assertThat(result.document().at(bell + "/properties/weight"))
                .isEqualTo(tree("{type: number, description: In kg., x-defender-overlay: o0.yaml,"
                        + " x-defender-overlay-changed: [o1.yaml]}"));
    }
}
