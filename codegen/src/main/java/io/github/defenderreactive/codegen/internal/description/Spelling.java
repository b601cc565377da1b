package io.github.defenderreactive.codegen.internal.description;

import java.util.List;

/**
 * One of the wire names of a property.
 *
 * @param index index among all names of the schema
 * @param literal the name as a Java literal
 * @param bit the bit that marks this spelling in a value, zero for the first spelling
 * @param mask the bits of all spellings of the property
 */
public record Spelling(int index, String literal, long bit, long mask) {

    boolean other() {
        return bit != 0;
    }

    String bitLiteral() {
        return literal(bit);
    }

    public String maskLiteral() {
        return literal(mask);
    }

    private static String literal(long bits) {
        return bits == 0 ? "0" : "0x" + Long.toHexString(bits) + "L";
    }

    /** Returns an expression for the name to write, depending on the bits of a value. */
    public static String expression(List<Spelling> spellings) {
        StringBuilder out = new StringBuilder();
        for (Spelling other : spellings.subList(1, spellings.size())) {
            out.append("(spellings & ").append(other.bitLiteral()).append(") != 0 ? ");
            out.append(other.literal()).append(" : ");
        }
        return out.append(spellings.get(0).literal()).toString();
    }
}
