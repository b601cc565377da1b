package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description of a stored object in a response.
 *
 * @param offset the position of the first byte of the response in the object, -1 if it cannot be read
 * @param total the size of the whole object, if it is declared
 * @param entityTag the strong {@code ETag}, or null
 * @param modified the {@code Last-Modified} time as sent, or null
 */
record StoredObject(
        long offset,
        OptionalLong total,
        @Nullable String entityTag,
        @Nullable String modified) {

    private static final int PARTIAL = 206;

    /** At most 18 digits, so that each number fits a long. */
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    static StoredObject of(ResponseHead head) {
        String tag = head.header("ETag");
        String strong = tag == null || tag.startsWith("W/") ? null : tag;
        String modified = head.header("Last-Modified");
        if (head.status() != PARTIAL) {
            return new StoredObject(0, number(head.header("Content-Length")), strong, modified);
        }
        Matcher range = RANGE.matcher(Objects.requireNonNullElse(head.header("Content-Range"), ""));
        return range.matches()
                ? new StoredObject(Long.parseLong(range.group(1)), number(range.group(2)), strong, modified)
                : new StoredObject(-1, OptionalLong.empty(), strong, modified);
    }

    private static OptionalLong number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    boolean isWhole(long received) {
        return total.isPresent() && total.getAsLong() == received;
    }

    /** Returns whether the declared sizes, if any, are equal. */
    boolean hasSizeOf(StoredObject other) {
        return total.isEmpty() || other.total.isEmpty() || total.equals(other.total);
    }

    /** Returns whether nothing distinguishes another description from this one. */
    boolean isSameAs(StoredObject other) {
        return hasSizeOf(other) && isSame(entityTag, other.entityTag) && isSame(modified, other.modified);
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }

    /** Returns the rest from a position, or null if the storage cannot detect a change of the object. */
    @Nullable
    Rest restFrom(long position) {
        String validator = entityTag != null ? entityTag : modified;
        return validator == null ? null : new Rest(position, validator);
    }

    /**
     * The rest of an object.
     *
     * @param position the first byte
     * @param validator the entity tag or time that identifies the object
     */
    record Rest(long position, String validator) {

        Map<String, String> headers(Map<String, String> usual) {
            Map<String, String> headers = new LinkedHashMap<>(usual);
            headers.put("Range", "bytes=" + position + "-");
            headers.put("If-Range", validator);
            return headers;
        }
    }
}
