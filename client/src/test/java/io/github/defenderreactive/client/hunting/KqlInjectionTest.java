package io.github.defenderreactive.client.hunting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bound value is one literal, whatever it contains, and leaves the tokens around it as they are. */
class KqlInjectionTest {

    private static final int GENERATED = 10_000;

    /** Queries with one placeholder, in places where a literal could merge with its neighbours. */
    private static final List<String> QUERIES = List.of(
            "DeviceEvents | where DeviceName == {v}",
            "DeviceEvents | where DeviceName=={v}and 1==1 // {comment}",
            "T | where A in~ (\"x\",{v},@'y''z') | take 1",
            "T | where A has {v}\n| where B == '\\'{' // it's\n| project C",
            "{v}",
            "h{v}",
            "@{v}",
            "a{v}b",
            "5{v}d",
            "\"x\"{v}\"y\"",
            "```x```{v}~~~y~~~",
            "print strcat('{', {v}, '}')",
            "let f = (x:string) { x }; f({v})",
            "T | where A == ['a{b}c'] and B=={v}|where C");

    private static final List<String> HOSTILE = List.of(
            "",
            "\"",
            "'",
            "\\",
            "\\\"",
            "\\\\\"",
            "\" or 1 == 1 //",
            "\") | union SigninLogs | where (\"\" == \"",
            "' | project Secret //",
            "x\"; drop",
            "//",
            "/* */",
            "```",
            "``` | take 1 ```",
            "~~~",
            "@\"",
            "h\"",
            "{v}",
            "{{v}}",
            ")",
            "(",
            "\n| project Secret",
            "\r\n| project Secret",
            "\u2028| project Secret",
            "\u2029| project Secret",
            "\u0085| project Secret",
            "\u000b\u000c\u0000\u0001\u001f\u007f\u009f",
            "\uFEFF\u200b\u202e\u00a0",
            "\uD83D\uDEA2 café 港",
            "\uD800",
            "\uDC00\uD800",
            "\\u0022",
            "\\x22",
            "\\042",
            "C:\\Program Files (x86)\\a\\",
            "%22%20or%201",
            "dynamic([\"a\"])",
            "datetime(2026-01-01)",
            "\u201d\u2019\uFF02\uFF07");

    private static final Pattern SAFE = Pattern.compile("\"(?:[ -~&&[^\"'`~(){}\\\\]]|\\\\\\\\|\\\\u[0-9a-f]{4})*\"");

    /** Compares without AssertJ unless something is wrong, because there are many values. */
    private static void assertOneToken(String query, String bound, String literal) {
        List<KqlLexer.Token> expected = new ArrayList<>(KqlLexer.tokens(query.replace("{v}", " 0 ")));
        List<KqlLexer.Token> actual = KqlLexer.tokens(bound);
        int at = expected.indexOf(new KqlLexer.Token(KqlLexer.Kind.NUMBER, "0"));
        if (at < actual.size()) {
            expected.set(at, actual.get(at));
        }
        if (!expected.equals(actual) || !actual.get(at).text().equals(literal)) {
            assertThat(actual).as("%s -> %s", query, bound).isEqualTo(expected);
            assertThat(actual.get(at).text()).isEqualTo(literal);
        }
    }

    private static void assertText(String query, String value) {
        String literal = KqlLiteral.text(value);

        if (!KqlLexer.value(literal).equals(value) || !SAFE.matcher(literal).matches()) {
            assertThat(KqlLexer.value(literal)).isEqualTo(value);
            assertThat(literal).matches(SAFE);
        }
        assertOneToken(query, HuntingQuery.of(query).bind("v", value).text(), literal);
    }

    @Test
    void shouldKeepHostileTextsInsideOneLiteral() {
        for (String query : QUERIES) {
            for (String value : HOSTILE) {
                assertText(query, value);
            }
        }
    }

    @Test
    void shouldKeepGeneratedTextsInsideOneLiteral() {
        Random random = new Random(20261130);
        String alphabet = "\"'\\`~@hH#{}()[]|;,.:/ \t\r\n\u2028\u2029\u0085\u0000\u001b\u00a0\uFEFF\uD83D\uDEA2ux0av=!";
        for (int i = 0; i < GENERATED; i++) {
            StringBuilder value = new StringBuilder();
            int length = random.nextInt(24);
            for (int at = 0; at < length; at++) {
                value.append(
                        random.nextInt(8) == 0
                                ? (char) random.nextInt(0x10000)
                                : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertText(QUERIES.get(i % QUERIES.size()), value.toString());
        }
    }

    @Test
    void shouldBindValuesOfOtherTypesAsOneToken() {
        Random random = new Random(1130);
        for (int i = 0; i < 2_000; i++) {
            String query = QUERIES.get(i % QUERIES.size());
            HuntingQuery open = HuntingQuery.of(query);
            long number = i == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
            Instant time = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            Duration span = Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
            assertOneToken(query, open.bind("v", number).text(), KqlLiteral.number(number));
            assertOneToken(query, open.bind("v", time).text(), KqlLiteral.time(time));
            assertOneToken(query, open.bind("v", span).text(), KqlLiteral.span(span));
            assertOneToken(query, open.bind("v", i % 2 == 0).text(), Boolean.toString(i % 2 == 0));
        }
    }

    @Test
    void shouldBindListsWithATokenForEachElement() {
        String bound =
                HuntingQuery.of("T | where A in ({v}) and B").bind("v", HOSTILE).text();
        List<KqlLexer.Token> tokens = KqlLexer.tokens(bound);

        assertThat(tokens.stream().map(KqlLexer.Token::text).limit(9))
                .containsExactly("T", "|", "where", "A", "in", "(", "dynamic", "(", "[");
        assertThat(tokens.stream()
                        .filter(token -> token.kind() == KqlLexer.Kind.STRING)
                        .map(token -> KqlLexer.value(token.text())))
                .containsExactlyElementsOf(HOSTILE);
        assertThat(tokens.stream().map(KqlLexer.Token::text).skip(9 + 2L * HOSTILE.size() - 1))
                .containsExactly("]", ")", ")", "and", "B");
    }

    @Test
    void shouldWriteLiteralsOfEveryType() {
        assertThat(KqlLiteral.time(Instant.parse("2026-11-30T10:00:00.123456789Z")))
                .isEqualTo("datetime(2026-11-30T10:00:00.1234567Z)");
        assertThat(KqlLiteral.span(Duration.ofDays(1).plusHours(2).plusNanos(3_000_400)))
                .isEqualTo("timespan(1.02:00:00.0030004)");
        assertThat(KqlLiteral.span(Duration.ofMinutes(-90))).isEqualTo("timespan(-0.01:30:00.0000000)");
        assertThat(KqlLiteral.number(-7)).isEqualTo("long(-7)");
        assertThat(KqlLiteral.list(List.of(1, 2L, true, "a", Duration.ofHours(1))))
                .isEqualTo("dynamic([1, 2, true, \"a\", timespan(0.01:00:00.0000000)])");
        assertThat(KqlLiteral.list(List.of())).isEqualTo("dynamic([])");
        assertThat(Stream.of("1.02:00:00.0030004", "-0.01:30:00").map(TimeSpanText::parse))
                .containsExactly(Duration.ofDays(1).plusHours(2).plusNanos(3_000_400), Duration.ofMinutes(-90));
    }

    /** The lexer of the test would see it if the quotes were not escaped. */
    @ParameterizedTest
    @ValueSource(strings = {"\" or 1 == 1 //", "\n| project A", "\\"})
    void shouldFindAValueThatIsNotEscaped(String value) {
        List<KqlLexer.Token> honest = KqlLexer.tokens("T | where A == \"x\" and B");

        assertThat(KqlLexer.tokens("T | where A == \"" + value + "\" and B"))
                .isNotEqualTo(honest)
                .satisfiesAnyOf(
                        tokens -> assertThat(tokens.size()).isNotEqualTo(honest.size()),
                        tokens -> assertThat(tokens)
                                .extracting(KqlLexer.Token::kind)
                                .contains(KqlLexer.Kind.BAD));
    }
}
