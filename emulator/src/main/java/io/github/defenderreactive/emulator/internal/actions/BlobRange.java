package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The requested part of a stored file: all of it, or all bytes from a position on. */
final class BlobRange {

    private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-");

    private BlobRange() {}

    /**
     * Returns the response with the part.
     *
     * @param entityTag the tag of the content
     * @param content opens the content, the same bytes each time
     */
    static ServiceResponse of(ServiceRequest request, String entityTag, Supplier<ResponseBody> content) {
        Long from = from(request, entityTag);
        ServiceResponse whole = new ServiceResponse(
                200,
                Map.of("Content-Type", "application/octet-stream", "ETag", entityTag, "Accept-Ranges", "bytes"),
                content.get());
        if (from == null) {
            return whole;
        }
        long length = length(content.get());
        if (from >= length) {
            return new ServiceResponse(416, Map.of("Content-Range", "bytes */" + length), ResponseBody.of(new byte[0]));
        }
        return new ServiceResponse(206, whole.headers(), new Rest(whole.body(), from))
                .withHeader("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length);
    }

    private static @Nullable Long from(ServiceRequest request, String entityTag) {
        String range = request.header("range");
        String condition = request.header("if-range");
        Matcher matcher = FROM.matcher(range == null ? "" : range);
        boolean current = condition == null || condition.equals(entityTag);
        return current && matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
    }

    private static long length(ResponseBody content) {
        long length = 0;
        try (content) {
            for (byte[] block = content.next(); block != null; block = content.next()) {
                length += block.length;
            }
        }
        return length;
    }

    /** A body without its first bytes. */
    private static final class Rest implements ResponseBody {

        private final ResponseBody whole;
        private long omitted;

        Rest(ResponseBody whole, long omitted) {
            this.whole = whole;
            this.omitted = omitted;
        }

        @Override
        public byte @Nullable [] next() {
            byte[] block = whole.next();
            while (block != null && block.length <= omitted) {
                omitted -= block.length;
                block = whole.next();
            }
            if (block == null || omitted == 0) {
                return block;
            }
            byte[] rest = Arrays.copyOfRange(block, (int) omitted, block.length);
            omitted = 0;
            return rest;
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
