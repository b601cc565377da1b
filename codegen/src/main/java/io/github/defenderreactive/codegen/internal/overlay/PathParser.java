package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.defenderreactive.codegen.internal.overlay.JsonPath.Segment;
import io.github.defenderreactive.codegen.internal.overlay.Operand.Query;
import io.github.defenderreactive.codegen.internal.overlay.Operand.Truth;
import io.github.defenderreactive.codegen.internal.overlay.Operand.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a JSONPath query. The methods follow the rules of the grammar of RFC 9535. */
final class PathParser {

    private static final int DEPTH = 50;
    private static final long LARGEST = (1L << 53) - 1;

    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z_\\x{80}-\\x{D7FF}\\x{E000}-\\x{10FFFF}]" + "[A-Za-z0-9_\\x{80}-\\x{D7FF}\\x{E000}-\\x{10FFFF}]*");
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern NUMBER = Pattern.compile("(?:-?0|-?[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("true|false|null");
    private static final Pattern FUNCTION = Pattern.compile("([a-z][a-z0-9_]*)\\(");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|<=|>=|<|>");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{4}");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\r]*");

    private final String text;
    private int at;
    private int depth;

    PathParser(String text) {
        this.text = text;
    }

    JsonPath parse() {
        if (!take("$")) {
            throw problem("a path starts with $, which is missing");
        }
        JsonPath path = new JsonPath(text, segments());
        if (at < text.length()) {
            throw problem(
                    text.charAt(at) == '-'
                            ? "a name with other characters than letters, digits and _ is written in brackets and quotes,"
                                    + " such as ['x-name'], found -"
                            : "expected a dot, a bracket or the end");
        }
        return path;
    }

    private PathException problem(String finding) {
        return problem(at, finding);
    }

    private PathException problem(int place, String finding) {
        return new PathException(text, place, finding);
    }

    private boolean next(String token) {
        return text.startsWith(token, at);
    }

    private boolean take(String token) {
        boolean found = next(token);
        at += found ? token.length() : 0;
        return found;
    }

    private @Nullable String take(Pattern token) {
        Matcher matcher = token.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }

    private void need(String token) {
        if (!take(token)) {
            throw problem("expected " + token);
        }
    }

    private void blanks() {
        take(BLANKS);
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        while (true) {
            int before = at;
            blanks();
            if (next("[")) {
                segments.add(new Segment(false, bracketed()));
            } else if (take("..")) {
                segments.add(new Segment(true, next("[") ? bracketed() : List.of(shorthand())));
            } else if (take(".")) {
                segments.add(new Segment(false, List.of(shorthand())));
            } else {
                at = before;
                return List.copyOf(segments);
            }
        }
    }

    private Selector shorthand() {
        if (take("*")) {
            return new Selector.Wildcard();
        }
        String name = take(NAME);
        if (name == null) {
            throw problem("expected a name or *; a name with other characters than letters, digits and _ is written in"
                    + " brackets and quotes, such as ['/name'],");
        }
        return new Selector.Name(name);
    }

    private List<Selector> bracketed() {
        need("[");
        deeper();
        List<Selector> selectors = new ArrayList<>();
        do {
            blanks();
            selectors.add(selector());
            blanks();
        } while (take(","));
        need("]");
        depth--;
        return List.copyOf(selectors);
    }

    private void deeper() {
        if (++depth > DEPTH) {
            throw problem("has more than " + DEPTH + " levels of brackets");
        }
    }

    private Selector selector() {
        if (next("'") || next("\"")) {
            return new Selector.Name(string());
        }
        if (take("*")) {
            return new Selector.Wildcard();
        }
        if (take("?")) {
            blanks();
            return new Selector.Filter(or().test());
        }
        Long first = integer();
        int before = at;
        blanks();
        if (take(":")) {
            return slice(first);
        }
        at = before;
        if (first == null) {
            throw problem("expected a quoted name, *, an index, a range or a filter that starts with ?");
        }
        return new Selector.Index(first);
    }

    private Selector slice(@Nullable Long first) {
        blanks();
        Long end = integer();
        blanks();
        Long step = null;
        if (take(":")) {
            blanks();
            step = integer();
        }
        return new Selector.Slice(first, end, step == null ? 1 : step);
    }

    private @Nullable Long integer() {
        int start = at;
        String digits = take(INTEGER);
        if (digits == null) {
            return null;
        }
        if (digits.length() > 17 || Math.abs(Long.parseLong(digits)) > LARGEST) {
            throw problem(start, "an index must be between -" + LARGEST + " and " + LARGEST + ", was " + digits);
        }
        return Long.valueOf(digits);
    }

    private Truth or() {
        Truth left = and();
        while (true) {
            int before = at;
            blanks();
            if (!take("||")) {
                at = before;
                return left;
            }
            blanks();
            left = new Truth(left.test().or(and().test()));
        }
    }

    private Truth and() {
        Truth left = basic();
        while (true) {
            int before = at;
            blanks();
            if (!take("&&")) {
                at = before;
                return left;
            }
            blanks();
            left = new Truth(left.test().and(basic().test()));
        }
    }

    private Truth basic() {
        if (!next("!=") && take("!")) {
            blanks();
            int start = at;
            Truth negated = next("(") ? parenthesized() : test(operand(), start);
            return new Truth(negated.test().negate());
        }
        if (next("(")) {
            return parenthesized();
        }
        int start = at;
        Operand left = operand();
        int before = at;
        blanks();
        String operator = take(OPERATOR);
        if (operator == null) {
            at = before;
            return test(left, start);
        }
        Value compared = value(left, start);
        blanks();
        int second = at;
        return Operand.compared(compared, operator, value(operand(), second));
    }

    private Truth parenthesized() {
        need("(");
        deeper();
        blanks();
        Truth inner = or();
        blanks();
        need(")");
        depth--;
        return inner;
    }

    private Truth test(Operand operand, int start) {
        if (operand instanceof Truth truth) {
            return truth;
        }
        if (operand instanceof Query query) {
            return new Truth((current, root) -> !query.nodes(current, root).isEmpty());
        }
        throw problem(start, "a value alone is not a condition; compare it, such as with == 1; found a value");
    }

    private Value value(Operand operand, int start) {
        if (operand instanceof Value value) {
            return value;
        }
        if (!(operand instanceof Query query)) {
            throw problem(start, "a condition cannot be compared or be an argument; found a condition");
        }
        if (!query.path().isSingular()) {
            throw problem(start, "a path that can select several nodes cannot be compared; found such a path");
        }
        return query.only();
    }

    private Operand operand() {
        if (next("@") || next("$")) {
            boolean fromRoot = take("$");
            if (!fromRoot) {
                need("@");
            }
            return new Query(fromRoot, new JsonPath(text, segments()));
        }
        if (next("'") || next("\"")) {
            return Value.constant(TextNode.valueOf(string()));
        }
        int start = at;
        String function = take(FUNCTION);
        if (function != null) {
            return function(function, start);
        }
        String word = take(WORD);
        if (word != null) {
            return Value.constant(
                    word.equals("null") ? NullNode.getInstance() : BooleanNode.valueOf(word.equals("true")));
        }
        String number = take(NUMBER);
        if (number != null) {
            try {
                return Value.constant(DecimalNode.valueOf(new BigDecimal(number)));
            } catch (NumberFormatException e) {
                throw problem(start, "the number is too large,");
            }
        }
        throw problem("expected @, $, a function, a text in quotes, a number, true, false or null");
    }

    private Operand function(String call, int start) {
        deeper();
        String name = call.substring(0, call.length() - 1);
        List<Operand> arguments = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        blanks();
        while (!next(")")) {
            if (!arguments.isEmpty()) {
                need(",");
                blanks();
            }
            places.add(at);
            arguments.add(operand());
            blanks();
        }
        need(")");
        depth--;
        int wanted = switch (name) {
            case "length", "count", "value" -> 1;
            case "match", "search" -> 2;
            default -> -1;
        };
        if (wanted != arguments.size()) {
            throw problem(
                    start,
                    wanted < 0
                            ? "unknown function " + name + "; the functions are length, count, match, search and value;"
                                    + " found it"
                            : name + " has " + wanted + (wanted == 1 ? " argument" : " arguments") + ", found "
                                    + arguments.size());
        }
        return switch (name) {
            case "length" -> Operand.length(value(arguments.get(0), places.get(0)));
            case "count" -> Operand.count(query(arguments.get(0), places.get(0)));
            case "value" -> query(arguments.get(0), places.get(0)).only();
            default ->
                Operand.matches(
                        value(arguments.get(0), places.get(0)),
                        value(arguments.get(1), places.get(1)),
                        name.equals("match"));
        };
    }

    private Query query(Operand operand, int start) {
        if (operand instanceof Query query) {
            return query;
        }
        throw problem(start, "expected a path");
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw problem("the quote " + quote + " is not closed");
            }
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return out.toString();
            }
            if (c < ' ') {
                throw problem("a control character must be escaped, found one");
            }
            if (c == '\\') {
                at++;
                escape(quote, out);
            } else {
                out.append(c);
                at++;
            }
        }
    }

    private void escape(char quote, StringBuilder out) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        int known = "bfnrt/\\".indexOf(c);
        if (known >= 0) {
            out.append("\b\f\n\r\t/\\".charAt(known));
        } else if (c == quote) {
            out.append(c);
        } else if (c == 'u') {
            at++;
            char first = unit();
            out.append(first);
            if (Character.isHighSurrogate(first) && take("\\u")) {
                char second = unit();
                if (!Character.isLowSurrogate(second)) {
                    throw problem("half of a surrogate pair");
                }
                out.append(second);
            } else if (Character.isSurrogate(first)) {
                throw problem("half of a surrogate pair");
            }
            return;
        } else {
            throw problem("unknown escape");
        }
        at++;
    }

    private char unit() {
        String digits = take(HEX);
        if (digits == null) {
            throw problem("expected four hexadecimal digits");
        }
        return (char) Integer.parseInt(digits, 16);
    }
}
