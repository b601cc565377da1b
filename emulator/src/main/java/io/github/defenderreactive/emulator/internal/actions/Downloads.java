package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Short-lived signed links and the files they point to. The signature is the only authorization. */
public final class Downloads {

    public static final String PATH = "/safedownload/";

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final long seed;
    private final Clock clock;
    private final Ranges ranges = new Ranges();
    private volatile @Nullable Duration lifetime;
    private final List<Function<String, @Nullable ResponseBody>> stores = new CopyOnWriteArrayList<>();
    /** The given outputs of scripts, by the name of the script in any letter case. */
    private final Map<String, Map<String, @Nullable Object>> outputs =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    Downloads(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** Adds a store that returns the content of a file in gzip, or null for an unknown name. */
    public void serve(Function<String, @Nullable ResponseBody> store) {
        stores.add(store);
    }

    /** Sets the validity of all links that are issued from now on; null for the documented ones. */
    public void lifetime(@Nullable Duration validity) {
        lifetime = validity;
    }

    /** Sets whether a part of a package or of a result of live response can be requested. */
    public void ranges(boolean served) {
        ranges.serve(served);
    }

    /** Sets members of the output of a script. */
    public void scriptOutput(String script, Map<String, @Nullable Object> members) {
        outputs.put(script, members);
    }

    String link(String root, String file) {
        return link(root, file, LIFETIME);
    }

    /** Returns a link in the form of the storage service: begin and end of its validity, and its signature. */
    public String link(String root, String file, Duration validity) {
        Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String from = begin.toString();
        Duration own = lifetime;
        String until = begin.plus(own == null ? validity : own).toString();
        return root + PATH + file + "?sv=2020-08-04&st=" + encode(from) + "&se=" + encode(until) + "&sr=b&sp=r&sig="
                + signature(file, from, until);
    }

    public ServiceResponse respond(ServiceRequest request) {
        String file = request.path().substring(PATH.length());
        Query query = new Query(request.query());
        if (!isSigned(file, query) || !isValid(query)) {
            return expired();
        }
        if (file.endsWith(".zip")) {
            return ranges.respond(request, "application/zip", zip(file));
        }
        if (file.endsWith(".json.gz")) {
            for (Function<String, @Nullable ResponseBody> store : stores) {
                ResponseBody content = store.apply(file);
                if (content != null) {
                    return content(content);
                }
            }
            return refusal(404, "BlobNotFound", "The specified blob does not exist");
        }
        return ranges.respond(
                request,
                "application/octet-stream",
                file.endsWith(".json") ? scriptOutput(file) : Values.utf8("Content of " + file + "\n"));
    }

    /** Returns the refusal of a link that has expired. */
    public static ServiceResponse expired() {
        return refusal(403, "AuthenticationFailed", "Signature not valid in the specified time frame");
    }

    private static ServiceResponse content(ResponseBody content) {
        return new ServiceResponse(200, Map.of("Content-Type", "application/octet-stream"), content);
    }

    private boolean isSigned(String file, Query query) {
        return signature(file, String.valueOf(query.get("st")), String.valueOf(query.get("se")))
                .equals(query.get("sig"));
    }

    private boolean isValid(Query query) {
        try {
            Instant now = clock.instant();
            return !now.isBefore(Instant.parse(String.valueOf(query.get("st"))))
                    && !now.isAfter(Instant.parse(String.valueOf(query.get("se"))));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String signature(String file, String from, String until) {
        return Seeded.hex(seed ^ file.hashCode(), (from + " " + until).hashCode(), 91, 43);
    }

    private static String encode(String time) {
        return URLEncoder.encode(time, StandardCharsets.UTF_8);
    }

    private byte[] scriptOutput(String file) {
        String script = Query.decodeForm(file.substring(file.lastIndexOf('/') + 1, file.length() - ".json".length()));
        return Values.bytes(new Entity()
                .with("script_name", script)
                .with("exit_code", 0)
                .with("script_output", "Transcript started\r\nDone\r\n")
                .with("script_errors", "")
                .withAll(outputs.getOrDefault(script, Map.of()))
                .members());
    }

    private static byte[] zip(String file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("summary.txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(Values.utf8("Investigation package " + file + "\n"));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns an error in XML, as the storage service does, not in the error form of the API. */
    private static ServiceResponse refusal(int status, String code, String message) {
        return new ServiceResponse(
                status,
                Map.of("Content-Type", "application/xml"),
                ResponseBody.of(Values.utf8("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code
                        + "</Code><Message>" + message + "</Message></Error>")));
    }
}
