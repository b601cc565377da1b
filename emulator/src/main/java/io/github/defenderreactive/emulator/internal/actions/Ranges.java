package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole of a stored object or the rest of it from a position, as a request selects. */
final class Ranges {

    private static final Pattern REST = Pattern.compile("bytes=(\\d{1,9})-");

    private volatile boolean served = true;

    void serve(boolean value) {
        served = value;
    }

    ServiceResponse respond(ServiceRequest request, String type, byte[] content) {
        String tag = "\"0x" + Seeded.hex(Arrays.hashCode(content), content.length, 95, 15) + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("ETag", tag);
        String range = request.header("range");
        String condition = request.header("if-range");
        Matcher rest = REST.matcher(range == null ? "" : range);
        if (!served || !rest.matches() || condition != null && !condition.equals(tag)) {
            return new ServiceResponse(200, headers, ResponseBody.of(content));
        }
        int from = Integer.parseInt(rest.group(1));
        if (from >= content.length) {
            headers.put("Content-Range", "bytes */" + content.length);
            return new ServiceResponse(416, headers, ResponseBody.of(new byte[0]));
        }
        headers.put("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        return new ServiceResponse(206, headers, ResponseBody.of(Arrays.copyOfRange(content, from, content.length)));
    }
}
