package io.github.defenderreactive.runtime.paging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A next link taken apart by hand: its path and query go back to the service letter by letter, and the host it names is
 * never looked at. Only what an HTTP request cannot carry is encoded.
 */
final class PageLink {

    private static final String FORBIDDEN = " \"<>\\^`{|}";
    private static final String HEX = "0123456789ABCDEF";

    private PageLink() {}

    /**
     * The part of a link below the API root.
     *
     * @param link the link as received, absolute or not
     * @param operationPath the operation's path with its arguments
     * @param roots paths that may stand before it
     * @return the operation's path in the link's spelling and the link's query, or null when it leads elsewhere
     */
    static @Nullable String below(String link, String operationPath, List<String> roots) {
        String local = withoutFragment(withoutHost(link));
        int question = local.indexOf('?');
        String path = question < 0 ? local : local.substring(0, question);
        String query = question < 0 ? "" : local.substring(question);
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        String wanted = decode(operationPath);
        for (String root : roots) {
            if (path.regionMatches(true, 0, root, 0, root.length())
                    && decode(path.substring(root.length())).equalsIgnoreCase(wanted)) {
                return encode(path.substring(root.length()), true) + encode(query, false);
            }
        }
        return null;
    }

    private static String withoutHost(String link) {
        int scheme = link.indexOf("://");
        int firstSlash = link.indexOf('/');
        boolean absolute = scheme > 0 && firstSlash == scheme + 1;
        if (!absolute && !link.startsWith("//")) {
            return link;
        }
        int host = absolute ? scheme + 3 : 2;
        for (int i = host; i < link.length(); i++) {
            char c = link.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return link.substring(i);
            }
        }
        return "";
    }

    private static String withoutFragment(String link) {
        int hash = link.indexOf('#');
        return hash < 0 ? link : link.substring(0, hash);
    }

    private static String encode(String text, boolean path) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '%' && !isEscape(text, i)) {
                out.append("%25");
            } else if (c <= ' ' || c >= 0x7F || FORBIDDEN.indexOf(c) >= 0 || (path && (c == '[' || c == ']'))) {
                escape(c, out);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static void escape(int codePoint, StringBuilder out) {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
        }
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
    }

    /** Of ASCII only: {@link Character#digit} knows the digits of every script. */
    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.put((byte) (high << 4 | low));
                i += 2;
            } else {
                out.put(bytes[i]);
            }
        }
        return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
    }
}
