package io.github.defenderreactive.runtime.internal.position;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The content of a continuation token, and its text.
 *
 * @param operationId the operation
 * @param page the page to resume from
 * @param pageSize rows per request if pages are counted by offset; otherwise 0
 */
public record PagePosition(String operationId, PageLocation page, int pageSize) {

    private static final String VERSION = "1";
    private static final String LINK = "link";
    private static final String OFFSET = "offset";
    private static final String WINDOW = "window";
    private static final List<String> KINDS = List.of(LINK, OFFSET, WINDOW);
    private static final int FIELDS = 6;

    /**
     * Parses the text of a token.
     *
     * @throws IllegalArgumentException if the text is not a token, or is of another version
     */
    public static PagePosition parse(String text) {
        String decoded;
        try {
            decoded = new String(Base64.getUrlDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not a continuation token: not base64url", e);
        }
        String[] fields = decoded.split("\n", -1);
        if (!fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("Not a continuation token of the supported version " + VERSION);
        }
        if (fields.length != FIELDS || !KINDS.contains(fields[2])) {
            throw new IllegalArgumentException("Not a continuation token: incomplete");
        }
        try {
            String target = fields[5];
            long offset = Long.parseLong(fields[3]);
            int pageSize = 0;
            List<TimeWindow> windows = List.of();
            if (!fields[2].equals(LINK)) {
                int slash = target.indexOf(' ');
                String before = target.substring(0, slash);
                target = target.substring(slash + 1);
                if (fields[2].equals(OFFSET)) {
                    pageSize = Integer.parseInt(before);
                } else {
                    windows = Stream.of(before.split(",", -1))
                            .map(TimeWindow::parse)
                            .toList();
                }
            }
            return new PagePosition(
                    fields[1], new PageLocation(target, offset, Long.parseLong(fields[4]), windows), pageSize);
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("Not a continuation token: invalid number", e);
        }
    }

    /** Returns the text of the token, which consists of letters, digits, minus and underscore. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plainText().getBytes(StandardCharsets.UTF_8));
    }

    private String plainText() {
        String windows = page.windowText();
        String kind = pageSize != 0 ? OFFSET : windows.isEmpty() ? LINK : WINDOW;
        String prefix = pageSize != 0 ? pageSize + " " : windows.isEmpty() ? "" : windows + " ";
        return String.join(
                "\n",
                VERSION,
                operationId,
                kind,
                Long.toString(page.offset()),
                Long.toString(page.before()),
                prefix + page.target());
    }
}
