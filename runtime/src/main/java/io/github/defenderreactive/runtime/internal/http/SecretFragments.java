package io.github.defenderreactive.runtime.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fragments by which secrets are recognised: {@value #WINDOW} consecutive bytes, or the whole of a shorter secret, so
 * that a partly quoted token is also found. Each secret is also searched for in Base64, alone or within a longer
 * encoded text such as {@code Basic} credentials.
 */
public final class SecretFragments {

    private static final int WINDOW = 16;

    /** Minimum length of a secret. A shorter text would match ordinary words. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_ENCODED = 6;

    private final Map<Integer, Set<String>> plain = new HashMap<>();
    private final Map<Integer, Set<String>> encoded = new HashMap<>();

    public SecretFragments(Collection<String> secrets) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            add(plain, bytes, SHORTEST);
            for (int before = 0; before < 3; before++) {
                add(encoded, base64(bytes, before), SHORTEST_ENCODED);
            }
        }
    }

    private static void add(Map<Integer, Set<String>> to, byte[] secret, int shortest) {
        if (secret.length < shortest) {
            return;
        }
        int size = Math.min(WINDOW, secret.length);
        Set<String> windows = to.computeIfAbsent(size, any -> new HashSet<>());
        for (int at = 0; at + size <= secret.length; at++) {
            windows.add(folded(secret, at, size));
        }
    }

    /**
     * Returns the Base64 characters that depend only on the secret, if {@code before} bytes precede it in a group of
     * three.
     */
    private static byte[] base64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
        return text.substring(Math.min(from, to), to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Marks the characters of a text that are part of a secret. */
    public void mark(DecodedText text, boolean[] hidden) {
        mark(plain, text, hidden, false);
        mark(encoded, text, hidden, true);
    }

    private static void mark(
            Map<Integer, Set<String>> fragments, DecodedText text, boolean[] hidden, boolean wholeRun) {
        fragments.forEach((size, windows) -> {
            byte[] bytes = new byte[text.length()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = text.byteAt(i);
            }
            String folded = folded(bytes, 0, bytes.length);
            for (int at = 0; at + size <= folded.length(); at++) {
                if (windows.contains(folded.substring(at, at + size))) {
                    hide(
                            text,
                            wholeRun ? runStart(text, at) : at,
                            wholeRun ? runEnd(text, at + size) : at + size,
                            hidden);
                }
            }
        });
    }

    private static void hide(DecodedText text, int from, int to, boolean[] hidden) {
        for (int i = from; i < to; i++) {
            for (int character = text.from(i); character < text.to(i); character++) {
                hidden[character] = true;
            }
        }
    }

    private static int runStart(DecodedText text, int at) {
        int start = at;
        while (start > 0 && isBase64(text.byteAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int runEnd(DecodedText text, int at) {
        int end = at;
        while (end < text.length() && isBase64(text.byteAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBase64(byte b) {
        return b >= 'A' && b <= 'Z'
                || b >= 'a' && b <= 'z'
                || b >= '0' && b <= '9'
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_'
                || b == '=';
    }

    /**
     * Returns a normalised text: peers may change the case, forms interchange a blank and a plus, and Base64 has two
     * alphabets.
     */
    private static String folded(byte[] bytes, int from, int length) {
        char[] out = new char[length];
        for (int i = 0; i < length; i++) {
            int b = bytes[from + i] & 0xFF;
            out[i] = (char) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b == ' ' || b == '-' ? '+' : b == '_' ? '/' : b);
        }
        return new String(out);
    }
}
