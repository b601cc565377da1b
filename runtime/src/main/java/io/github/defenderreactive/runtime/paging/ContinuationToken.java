package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream of pages can go on: an operation, a page or window of it, and how many items came before. Opaque and printable;
 * keep its text anywhere and {@linkplain #parse(String) parse} it later, also in another process.
 *
 * <p>Going on re-reads the page it names: at most that page's items come twice, none is lost. It holds the query of the
 * call, but no secret.
 *
 * @since 0.1.0
 */
public final class ContinuationToken {

    private static final String VERSION = "1";
    private static final String LINK = "link";
    private static final String OFFSET = "offset";
    private static final String WINDOW = "window";
    private static final List<String> KINDS = List.of(LINK, OFFSET, WINDOW);
    private static final int FIELDS = 6;

    private final String operationId;
    private final PageLocation page;
    private final int pageSize;

    ContinuationToken(String operationId, PageLocation page, int pageSize) {
        this.operationId = operationId;
        this.page = page;
        this.pageSize = pageSize;
    }

    /**
     * Reads a token's text.
     *
     * @param text what {@link #toString()} gave
     * @return the token
     * @throws IllegalArgumentException if it is not such a text, or of a version this library does not know
     */
    public static ContinuationToken parse(String text) {
        Objects.requireNonNull(text, "text");
        String decoded;
        try {
            decoded = new String(Base64.getUrlDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not a continuation token: it is not base64url", e);
        }
        String[] fields = decoded.split("\n", -1);
        if (!fields[0].equals(VERSION)) {
            throw new IllegalArgumentException(
                    "Not a continuation token of version " + VERSION + ", the only one this library knows");
        }
        if (fields.length != FIELDS || !KINDS.contains(fields[2])) {
            throw new IllegalArgumentException("Not a continuation token: it is incomplete");
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
            return new ContinuationToken(
                    fields[1], new PageLocation(target, offset, Long.parseLong(fields[4]), windows), pageSize);
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("Not a continuation token: a figure in it cannot be read", e);
        }
    }

    /**
     * Where the stream that failed can go on.
     *
     * @param error what ended the stream
     * @return the token, empty when the error did not come from a stream of pages
     */
    public static Optional<ContinuationToken> of(Throwable error) {
        String text = error instanceof DefenderException failure ? failure.continuation() : null;
        return Optional.ofNullable(text).map(ContinuationToken::parse);
    }

    /**
     * The operation whose pages these are.
     *
     * @return its id
     */
    public String operationId() {
        return operationId;
    }

    /**
     * Items that came before the page it names.
     *
     * @return 0 or more
     */
    public long itemsBefore() {
        return page.before();
    }

    PageLocation page() {
        return page;
    }

    /** 0 when pages are not counted. */
    int pageSize() {
        return pageSize;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContinuationToken token && token.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** The text to keep: letters, digits, minus and underscore. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text().getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
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
