package io.github.defenderreactive.codegen.internal.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

    private static final JsonNode FARM = read("""
            {
              "barns": [
                { "name": "north", "cows": 3, "hay": true, "x-roof": "red" },
                { "name": "south", "cows": 12, "hay": false },
                { "name": "west", "cows": null },
                { "name": "öst\\u2028", "cows": 3.0, "kin": { "name": "north" } }
              ],
              "rates": { "a": 1, "b": 2.50, "c": -0 },
              "words": ["hay", "Hay", "", "\\ud83d\\udc04"],
              "/gate": { "it's": "here", "\\"": 1 },
              "nested": [[1, 2], [3], []],
              "same": [{ "p": [1, { "q": 2.0 }] }, { "p": [1.0, { "q": 2 }] }, { "p": 1 }],
              "limit": 5
            }
            """);

    private static JsonNode read(String json) {
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String places(String path) {
        return JsonPath.parse(path).select(FARM).stream()
                .map(match -> match.pointer().toString())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                // Names, wildcards, indexes.
                "$ => ``",
                "$.rates.a => /rates/a",
                "$['rates']['a'] => /rates/a",
                "$ .rates  [ \"a\" ] => /rates/a",
                "$['/gate'].* => /~1gate/it's /~1gate/\"",
                "$['/gate']['it\\'s'] => /~1gate/it's",
                "$[\"\\u002fgate\"][\"\\\"\"] => /~1gate/\"",
                "$.rates.* => /rates/a /rates/b /rates/c",
                "$.rates[*] => /rates/a /rates/b /rates/c",
                "$.limit.* => ``",
                "$.none => ``",
                "$.barns.name => ``",
                "$.barns[0].name => /barns/0/name",
                "$.barns[-1].name => /barns/3/name",
                "$.barns[4] => ``",
                "$.barns[-5] => ``",
                "$.rates[0] => ``",
                "$['barns', 'limit'] => /barns /limit",
                "$.words[2, 0, 0] => /words/2 /words/0 /words/0",
                "$.words[0, 1:3, 'x', *] => /words/0 /words/1 /words/2 /words/0 /words/1 /words/2 /words/3",
                // Slices.
                "$.words[1:3] => /words/1 /words/2",
                "$.words[:2] => /words/0 /words/1",
                "$.words[2:] => /words/2 /words/3",
                "$.words[:] => /words/0 /words/1 /words/2 /words/3",
                "$.words[ 0 : 4 : 2 ] => /words/0 /words/2",
                "$.words[::-1] => /words/3 /words/2 /words/1 /words/0",
                "$.words[2:0:-1] => /words/2 /words/1",
                "$.words[-2:] => /words/2 /words/3",
                "$.words[:-3] => /words/0",
                "$.words[9:-9:-3] => /words/3 /words/0",
                "$.words[::0] => ``",
                "$.words[3:1] => ``",
                "$.words[-99:99:9007199254740991] => /words/0",
                "$.rates[:] => ``",
                // Descendants.
                "$..name => /barns/0/name /barns/1/name /barns/2/name /barns/3/name /barns/3/kin/name",
                "$.nested..[0] => /nested/0 /nested/0/0 /nested/1/0",
                "$.nested..* => /nested/0 /nested/1 /nested/2 /nested/0/0 /nested/0/1 /nested/1/0",
                "$..['a', 'c'] => /rates/a /rates/c",
                "$..[?@ == 2.5] => /rates/b",
                // Filters.
                "$.barns[?@.hay] => /barns/0 /barns/1",
                "$.barns[?!@.hay] => /barns/2 /barns/3",
                "$.barns[?(@.name == 'south')] => /barns/1",
                "$.barns[?@.name=='south'||@.name==\"west\"] => /barns/1 /barns/2",
                "$.barns[?@.cows == 3] => /barns/0 /barns/3",
                "$.barns[?@.cows == null] => /barns/2",
                "$.barns[?@.cows != 3] => /barns/1 /barns/2",
                "$.barns[?@.cows > 3] => /barns/1",
                "$.barns[?@.cows >= 3e0 && @.cows < 1.2E+1] => /barns/0 /barns/3",
                "$.barns[?@.name < 'south'] => /barns/0",
                "$.barns[?'south' <= @['name'] && true == true] => /barns/1 /barns/2 /barns/3",
                "$.barns[?@.hay == false] => /barns/1",
                "$.barns[?@.a == @.b] => /barns/0 /barns/1 /barns/2 /barns/3",
                "$.barns[?@.a <= @.b] => /barns/0 /barns/1 /barns/2 /barns/3",
                "$.barns[?@.a < @.b] => ``",
                "$.barns[?@.a != 1] => /barns/0 /barns/1 /barns/2 /barns/3",
                "$.barns[?!(@.hay == true || @.cows == 3)] => /barns/1 /barns/2",
                "$.barns[?@.hay == true || @.cows == 12 && @.name == 'no'] => /barns/0",
                "$.barns[?(@.hay == true || @.cows == 12) && @.name == 'south'] => /barns/1",
                "$.barns[?@.cows < $.limit] => /barns/0 /barns/3",
                "$.barns[?@.kin.name == $.barns[0].name] => /barns/3",
                "$.barns[?@['x-roof', 'kin']] => /barns/0 /barns/3",
                "$.barns[?@.kin[?@ == 'north']] => /barns/3",
                "$.rates[?@ > 0] => /rates/a /rates/b",
                "$.rates[?@ == -0] => /rates/c",
                "$.words[?@ > ''] => /words/0 /words/1 /words/3",
                "$.same[?@.p == $.same[0].p] => /same/0 /same/1",
                "$.words[0][?@ == 1] => ``",
                "$[?@[?@[?@ == 12]]] => /barns",
                // Functions.
                "$.words[?length(@) == 1] => /words/3",
                "$.barns[?length(@) > 2] => /barns/0 /barns/1 /barns/3",
                "$.nested[?length(@)==0] => /nested/2",
                "$.rates[?length(@) == 1] => ``",
                "$.barns[?count(@.*) == 2] => /barns/2",
                "$.barns[?count(@..name) == 2] => /barns/3",
                "$.barns[?match(@.name, '.*th')] => /barns/0 /barns/1",
                "$.barns[?match(@.name, 'th')] => ``",
                "$.barns[?search(@.name, 'th')] => /barns/0 /barns/1",
                "$.barns[?match(@.name, '.st.')] => /barns/3",
                "$.barns[?match(@.name, '[.]st.')] => ``",
                "$.barns[?match(@.cows, '3')] => ``",
                "$.barns[?match(@.name, '(')] => ``",
                "$.barns[?!search( @.name , \"est|^n|ou\" )] => /barns/3",
                "$.barns[?value(@..name) == 'west'] => /barns/2",
                "$.barns[?length(value(@.kin.*)) == 5] => /barns/3",
            })
    void shouldSelect(String path, String places) {
        assertThat(places(path)).isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "paths => a path starts with $, which is missing at character 1 of paths",
                "$.info.x-logo => a name with other characters than letters, digits and _ is written in brackets and"
                        + " quotes, such as ['x-name'], found - at character 9 of $.info.x-logo",
                "$./pets => expected a name or *; a name with other characters than letters, digits and _ is written in"
                        + " brackets and quotes, such as ['/name'], at character 3 of $./pets",
                "$.a] => expected a dot, a bracket or the end at character 4 of $.a]",
                "$['ö'][ => expected a quoted name, *, an index, a range or a filter that starts with ? at character 8"
                        + " of $['ö'][",
                "$['a => the quote ' is not closed at character 5 of $['a",
                "$[9007199254740992] => an index must be between -9007199254740991 and 9007199254740991, was"
                        + " 9007199254740992 at character 3 of $[9007199254740992]",
                "$[?@.a == 1 => expected ] at character 12 of $[?@.a == 1",
                "$[?size(@)] => unknown function size; the functions are length, count, match, search and value; found it"
                        + " at character 4 of $[?size(@)]",
                "$[?match(@)] => match has 2 arguments, found 1 at character 4 of $[?match(@)]",
                "$[?length(@)] => a value alone is not a condition; compare it, such as with == 1; found a value at"
                        + " character 4 of $[?length(@)]",
                "$[?@..a == 1] => a path that can select several nodes cannot be compared; found such a path at"
                        + " character 4 of $[?@..a == 1]",
                "$[?@.* == 1] => a path that can select several nodes cannot be compared; found such a path at character"
                        + " 4 of $[?@.* == 1]",
                "$[?@ = 1] => expected ] at character 6 of $[?@ = 1]",
            })
    void shouldNameTheCharacterThatIsWrong(String path, String message) {
        assertThatThrownBy(() -> JsonPath.parse(path))
                .isInstanceOf(PathException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " $",
                "$ ",
                "$.",
                "$..",
                "$...a",
                "$. a",
                "$.. a",
                "$.1",
                "$.'a'",
                "$[]",
                "$[01]",
                "$[-0]",
                "$[1.0]",
                "$[+1]",
                "$[a]",
                "$[0,]",
                "$[,0]",
                "$[1:2:3:4]",
                "$[01:2]",
                "$['\\x']",
                "$['\\\"']",
                "$[\"\\'\"]",
                "$['\\u12']",
                "$['\\ud83d']",
                "$['\\udc04\\ud83d']",
                "$['\t']",
                "$[?]",
                "$[?true]",
                "$[?'a']",
                "$[?1]",
                "$[?!1]",
                "$[?!@.a == 1]",
                "$[?(@.a]",
                "$[?@.a == ]",
                "$[?== 1]",
                "$[?@.a == (1)]",
                "$[?@.a == 01]",
                "$[?@.a == 1.]",
                "$[?@.a == True]",
                "$[?@.a == [1]]",
                "$[?@.a == {}]",
                "$[?@.a == @.b == 1]",
                "$[?@.a === 1]",
                "$[?@.a & @.b]",
                "$[?@.a and @.b]",
                "$[?@[0:1] == 1]",
                "$[?length (@) == 1]",
                "$[?length(@.*) == 1]",
                "$[?length() == 1]",
                "$[?count(1) == 1]",
                "$[?count(@.a)]",
                "$[?value(@.a)]",
                "$[?match(@.a, 'a') == true]",
                "$[?match(@.a 'a')]",
                "$[?length(match(@.a, 'a')) == 1]",
                "$[?.a == 1]",
                "$[?a == 1]",
            })
    void shouldRefuse(String path) {
        assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(PathException.class);
    }

    @Test
    void shouldRefuseDeepExpressions() {
        assertThatThrownBy(() -> JsonPath.parse("$[?" + "(".repeat(9_999)))
                .hasMessageStartingWith("has more than 50 levels of brackets at character ");
    }

    @Test
    void shouldSelectWithinDeepDocuments() {
        JsonNode deep = read("[".repeat(200) + "]".repeat(200));

        List<Match> all = JsonPath.parse("$..*").select(deep);

        assertThat(all).hasSize(199);
    }
}
