package io.github.defenderreactive.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Short-lived signed links, and the files behind them. The signature in the link is all that is asked for. */
final class Downloads {

    static final String PATH = "/safedownload/";

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final long seed;
    private final Clock clock;

    Downloads(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    String link(String root, String file) {
        long expires = clock.instant().plus(LIFETIME).getEpochSecond();
        return root + PATH + file + "?se=" + expires + "&sig=" + signature(file, expires);
    }

    ServiceResponse answer(ServiceRequest request) {
        String file = request.path().substring(PATH.length());
        Map<String, String> query = new LinkedHashMap<>(new Query(request.query()).values());
        long expires;
        try {
            expires = Long.parseLong(query.getOrDefault("se", ""));
        } catch (NumberFormatException e) {
            return refusal();
        }
        if (!signature(file, expires).equals(query.get("sig"))
                || clock.instant().isAfter(Instant.ofEpochSecond(expires))) {
            return refusal();
        }
        if (file.endsWith(".zip")) {
            return new ServiceResponse(200, Map.of("Content-Type", "application/zip"), ResponseBody.of(zip(file)));
        }
        if (file.endsWith(".json")) {
            return new ServiceResponse(
                    200, Map.of("Content-Type", "application/octet-stream"), ResponseBody.of(scriptOutput()));
        }
        return new ServiceResponse(
                200,
                Map.of("Content-Type", "application/octet-stream"),
                ResponseBody.of(Values.utf8("Content of " + file + "\n")));
    }

    private String signature(String file, long expires) {
        return Seeded.hex(seed ^ file.hashCode(), expires, 91, 43);
    }

    private static byte[] scriptOutput() {
        return Values.bytes(new Entity()
                .with("script_name", "collect.ps1")
                .with("exit_code", 0)
                .with("script_output", "Transcript started\r\nDone\r\n")
                .with("script_errors", "")
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

    /** Storage answers in XML, not in the API's error form. */
    private static ServiceResponse refusal() {
        return new ServiceResponse(
                403,
                Map.of("Content-Type", "application/xml"),
                ResponseBody.of(
                        Values.utf8(
                                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed"
                                        + "</Code><Message>Signature not valid in the specified time frame</Message></Error>")));
    }
}
