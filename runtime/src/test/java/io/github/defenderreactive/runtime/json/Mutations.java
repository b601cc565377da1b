package io.github.defenderreactive.runtime.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Documents that are a little wrong, or differently right. */
final class Mutations {

    private static final List<byte[]> TOKENS = List.of(
            ascii("{"),
            ascii("}"),
            ascii("["),
            ascii("]"),
            ascii(","),
            ascii(":"),
            ascii("\""),
            ascii("\\"),
            ascii("null"),
            ascii("true"),
            ascii("false"),
            ascii("0"),
            ascii("-"),
            ascii("."),
            ascii("e"),
            ascii("1e5"),
            ascii("-0.0"),
            ascii("01"),
            ascii("NaN"),
            ascii("'"),
            ascii("/*x*/"),
            ascii("//"),
            ascii(" "),
            ascii("\n"),
            ascii("\t"),
            ascii("\u0000"),
            ascii("\u000b"),
            ascii("\\u"),
            ascii("\\u00e9"),
            ascii("\\ud83d"),
            ascii("\\ude00"),
            ascii("\\ud83d\\ude00"),
            ascii("\\x"),
            ascii("\"\":"),
            ascii("\"value\":"),
            ascii("\"value\":[],"),
            ascii("{}"),
            ascii("[]"),
            ascii("\"@odata.nextLink\":\"x\","),
            ascii("123456789012345678901234567890"),
            ascii("9223372036854775808"),
            ascii("1.7976931348623157e309"),
            ascii("4.9e-324"),
            ascii("+1"),
            ascii(",,"),
            ascii("[[[[[[[["),
            new byte[] {(byte) 0xC3, (byte) 0xA9},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {0x7F});

    private Mutations() {}

    static byte[] mutate(byte[] document, Random random) {
        byte[] mutated = document;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = once(mutated, random);
        }
        return mutated;
    }

    private static byte[] once(byte[] document, Random random) {
        int length = document.length;
        int at = random.nextInt(length + 1);
        int to = Math.min(length, at + random.nextInt(1 + (random.nextInt(8) == 0 ? length : 4)));
        return switch (random.nextInt(8)) {
            case 0 -> splice(document, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
            case 1 -> splice(document, at, Math.min(length, at + 1), TOKENS.get(random.nextInt(TOKENS.size())));
            case 2 -> splice(document, at, to, new byte[0]);
            case 3 -> splice(document, to, to, Arrays.copyOfRange(document, at, to));
            case 4 -> Arrays.copyOf(document, at);
            case 5 -> splice(document, at, Math.min(length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 6 -> {
                int from = random.nextInt(length + 1);
                int end = Math.min(length, from + random.nextInt(12));
                yield splice(document, at, to, Arrays.copyOfRange(document, from, end));
            }
            default -> splice(document, 0, 0, TOKENS.get(random.nextInt(TOKENS.size())));
        };
    }

    private static byte[] splice(byte[] document, int from, int to, byte[] middle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + middle.length);
        out.write(document, 0, from);
        out.writeBytes(middle);
        out.write(document, to, document.length - to);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
