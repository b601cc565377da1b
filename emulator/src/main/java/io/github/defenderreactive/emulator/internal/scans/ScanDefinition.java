package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scan definition. Its runs follow from the times at which it was created and changed. */
final class ScanDefinition {

    private static final Duration FIRST_RUN = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(30);

    /** A period with one interval between runs; the present one has no end. */
    private record Stretch(
            Instant begin, int hours, @Nullable Instant end) {}

    private final long seed;
    private final String id;
    private final String createdBy;
    private final Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private int device;

    ScanDefinition(long seed, String id, String createdBy, int device, Map<?, ?> settings, Instant time) {
        this.seed = seed;
        this.id = id;
        this.createdBy = createdBy;
        change(settings, device, time);
    }

    String id() {
        return id;
    }

    int device() {
        return device;
    }

    /** Changes the given members. The interval then counts from this change. */
    void change(Map<?, ?> changes, int newDevice, Instant time) {
        device = newDevice;
        changes.forEach((name, value) -> settings.put((String) name, value));
        if (!stretches.isEmpty()) {
            Stretch last = stretches.get(stretches.size() - 1);
            if (last.end() == null) {
                stretches.set(stretches.size() - 1, new Stretch(last.begin(), last.hours(), time));
            }
        }
        if (Boolean.TRUE.equals(settings.get("isActive")) && settings.get("intervalInHours") instanceof Number hours) {
            stretches.add(new Stretch(time, hours.intValue(), null));
        }
    }

    /** Returns the runs that are still kept, latest first. */
    List<ScanRun> runs(Instant now) {
        List<ScanRun> runs = new ArrayList<>();
        for (Stretch stretch : stretches) {
            Instant end = stretch.end() == null ? now : stretch.end();
            Duration interval = Duration.ofHours(stretch.hours());
            Instant first = stretch.begin().plus(FIRST_RUN);
            long skipped = Math.max(0, Duration.between(first, now.minus(KEPT)).dividedBy(interval));
            for (Instant time = first.plus(interval.multipliedBy(skipped));
                    !time.isAfter(end);
                    time = time.plus(interval)) {
                runs.add(new ScanRun(seed, this, time));
            }
        }
        Collections.reverse(runs);
        return runs;
    }

    List<String> targets() {
        return List.of(String.valueOf(settings.get("target")).split("\\s*,\\s*"));
    }

    /**
     * Returns the definition as the API shows it.
     *
     * @param agent the device as the response shows it
     * @param credentials whether the response has them
     */
    Entity entity(String organisation, Entity agent, boolean credentials, Instant now) {
        List<ScanRun> runs = runs(now);
        ScanRun last = runs.isEmpty() ? null : runs.get(0);
        String status = last == null ? null : last.status();
        return new Entity()
                .with("id", id)
                .with("scanType", settings.get("scanType"))
                .with("scanName", settings.get("scanName"))
                .with("isActive", settings.get("isActive"))
                .with("target", settings.get("target"))
                .with("orgId", organisation)
                .with("intervalInHours", settings.get("intervalInHours"))
                .with("createdBy", createdBy)
                .with("targetType", settings.get("targetType"))
                .with("scanAuthenticationParams", credentials ? settings.get("scanAuthenticationParams") : null)
                .with("scannerAgent", agent)
                .with(
                        "latestScan",
                        new Entity()
                                .with("status", status)
                                .with("failureReason", "Fail".equals(status) ? "No target answered" : null)
                                .with("executionDateTime", last == null ? null : last.time()))
                .with("advancedActiveConfiguration", null);
    }
}
