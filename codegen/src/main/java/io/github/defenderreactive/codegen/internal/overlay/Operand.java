package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A part of a filter expression. The first argument of its functions is the current node, the second the root. */
sealed interface Operand {

    /** Compares scalars of one type; numbers are equal if their values are. */
    Comparator<JsonNode> SCALARS =
            (a, b) -> a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1;

    /** A value, which is missing if the operand has none. */
    record Value(BiFunction<JsonNode, JsonNode, JsonNode> value) implements Operand {

        static Value constant(JsonNode node) {
            return new Value((current, root) -> node);
        }
    }

    /** A query from the root or from the current node. */
    record Query(boolean fromRoot, JsonPath path) implements Operand {

        List<Match> nodes(JsonNode current, JsonNode root) {
            return path.select(fromRoot ? root : current, root);
        }

        /** Returns the value of the only node. */
        Value only() {
            return new Value((current, root) -> {
                List<Match> nodes = nodes(current, root);
                return nodes.size() == 1 ? nodes.get(0).node() : MissingNode.getInstance();
            });
        }
    }

    /** A truth. */
    record Truth(BiPredicate<JsonNode, JsonNode> test) implements Operand {}

    /** Returns the truth of a comparison. */
    static Truth compared(Value left, String operator, Value right) {
        return new Truth((current, root) -> {
            JsonNode a = left.value().apply(current, root);
            JsonNode b = right.value().apply(current, root);
            return switch (operator) {
                case "==" -> equal(a, b);
                case "!=" -> !equal(a, b);
                case "<" -> less(a, b);
                case ">" -> less(b, a);
                case "<=" -> less(a, b) || equal(a, b);
                default -> less(b, a) || equal(a, b);
            };
        });
    }

    private static boolean equal(JsonNode a, JsonNode b) {
        return a.isMissingNode() || b.isMissingNode() ? a.isMissingNode() && b.isMissingNode() : a.equals(SCALARS, b);
    }

    private static boolean less(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return SCALARS.compare(a, b) < 0;
        }
        return a.isTextual()
                && b.isTextual()
                && Arrays.compare(
                                a.textValue().codePoints().toArray(),
                                b.textValue().codePoints().toArray())
                        < 0;
    }

    /** Returns the length of a text in characters, or the size of an array or object. */
    static Value length(Value of) {
        return new Value((current, root) -> {
            JsonNode node = of.value().apply(current, root);
            if (node.isTextual()) {
                return IntNode.valueOf(
                        node.textValue().codePointCount(0, node.textValue().length()));
            }
            return node.isContainerNode() ? IntNode.valueOf(node.size()) : MissingNode.getInstance();
        });
    }

    static Value count(Query query) {
        return new Value(
                (current, root) -> IntNode.valueOf(query.nodes(current, root).size()));
    }

    /** Returns whether a text matches a regular expression: as a whole, or else a part of it. */
    static Truth matches(Value text, Value expression, boolean whole) {
        return new Truth((current, root) -> {
            JsonNode a = text.value().apply(current, root);
            JsonNode b = expression.value().apply(current, root);
            if (!a.isTextual() || !b.isTextual()) {
                return false;
            }
            try {
                var matcher = Pattern.compile(java(b.textValue())).matcher(a.textValue());
                return whole ? matcher.matches() : matcher.find();
            } catch (PatternSyntaxException e) {
                return false;
            }
        });
    }

    /** A dot of an I-Regexp (RFC 9485) matches all characters but two, a dot of Java all but five. */
    private static String java(String expression) {
        StringBuilder out = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                out.append(c).append(expression.charAt(++i));
                continue;
            }
            inClass = c == '[' || inClass && c != ']';
            out.append(c == '.' && !inClass ? "[^\\n\\r]" : String.valueOf(c));
        }
        return out.toString();
    }
}
