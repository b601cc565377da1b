package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.alerts.KnownFiles;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The indicators: generated ones with the changes of callers. Value and type together identify one. Thread-safe. */
final class Indicators {

    /** The maximum number of indicators of a tenant. */
    static final int LIMIT = 15_000;

    private static final int PAST = 24;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Map<String, Integer> DIGITS =
            Map.of("FileMd5", 32, "FileSha1", 40, "FileSha256", 64, "CertificateThumbprint", 40);
    /** The members that a caller may change on an existing indicator; the application's name is not one of them. */
    private static final List<String> CHANGEABLE = List.of(
            "action",
            "title",
            "description",
            "expirationTime",
            "severity",
            "recommendedActions",
            "rbacGroupNames",
            "educateUrl",
            "generateAlert");

    private final Supplier<Instant> now;
    private final Map<String, Entity> byKey = new LinkedHashMap<>();
    private final AtomicLong lastId = new AtomicLong(7_000);

    Indicators(Organisation organisation, KnownFiles files, Instant newest, Supplier<Instant> now) {
        this.now = now;
        for (int age = PAST; age > 0; age--) {
            past(organisation, files, newest, age);
        }
    }

    private void past(Organisation organisation, KnownFiles files, Instant newest, int age) {
        long hash = Seeded.hash(organisation.seed(), age, 71);
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        switch (age % 3) {
            case 0 -> {
                request.put("indicatorValue", files.sha1(KnownFiles.of(hash)));
                request.put("indicatorType", "FileSha1");
            }
            case 1 -> {
                request.put("indicatorValue", Evidence.host(Seeded.below(hash, Evidence.HOSTS)));
                request.put("indicatorType", "DomainName");
            }
            default -> {
                request.put("indicatorValue", Evidence.address(Seeded.below(hash, Evidence.ADDRESSES)));
                request.put("indicatorType", "IpAddress");
            }
        }
        request.put("action", Seeded.pick(hash >>> 9, List.of("Audit", "Block", "Allowed", "Warn")));
        request.put("title", "Seen in case " + (300 + age));
        request.put("description", "Found while an incident was handled.");
        request.put("severity", Seeded.pick(hash >>> 13, List.of("Informational", "Low", "Medium", "High")));
        request.put("generateAlert", "Audit".equals(request.get("action")));
        store(request, "soc-automation", Ticks.instant(Ticks.floor(newest) - age * Ticks.DAY));
    }

    /** Returns the indicators that have not expired, oldest first. */
    synchronized List<Entity> active() {
        Instant time = now.get();
        return byKey.values().stream().filter(row -> isActive(row, time)).toList();
    }

    private static boolean isActive(Entity row, Instant time) {
        return !(row.get("expirationTime") instanceof Instant expiry) || expiry.isAfter(time);
    }

    /**
     * Creates an indicator, or changes the one of the same value and type.
     *
     * @throws Problem 400 for a value that is not of its type, a missing alert with Audit, or too many indicators
     */
    synchronized Entity submit(Map<?, ?> request, String application) {
        String value = String.valueOf(request.get("indicatorValue"));
        check(String.valueOf(request.get("indicatorType")), value);
        if ("Audit".equals(request.get("action")) && !Boolean.TRUE.equals(request.get("generateAlert"))) {
            throw Problem.invalidInput("The action Audit needs generateAlert");
        }
        if (!byKey.containsKey(key(request)) && byKey.size() >= LIMIT && active().size() >= LIMIT) {
            throw new Problem(400, "BadRequest", "The limit of " + LIMIT + " active indicators is reached");
        }
        return store(request, application, now.get());
    }

    private Entity store(Map<?, ?> request, String application, Instant time) {
        Entity old = byKey.get(key(request));
        Entity row = new Entity();
        if (old == null) {
            row.with("id", Long.toString(lastId.incrementAndGet()))
                    .with("indicatorValue", request.get("indicatorValue"))
                    .with("indicatorType", request.get("indicatorType"))
                    .with("application", request.get("application"))
                    .with("source", application)
                    .with("sourceType", "AadApp")
                    .with("createdBy", application)
                    .with("createdByDisplayName", application)
                    .with("creationTimeDateTimeUtc", time)
                    .with("lastUpdatedBy", null);
        } else {
            row.withAll(old.members()).with("lastUpdatedBy", application);
        }
        row.with("lastUpdateTime", time);
        for (String member : CHANGEABLE) {
            Object value = request.get(member);
            row.with(
                    member,
                    member.equals("expirationTime") && value instanceof String text ? Instant.parse(text) : value);
        }
        byKey.put(key(request), row);
        return row;
    }

    /**
     * Deletes indicators, or none of them when one is unknown.
     *
     * @throws Problem 404 with the first unknown id
     */
    synchronized void delete(List<String> ids) {
        for (String id : ids) {
            if (byKey.values().stream().noneMatch(row -> id.equals(row.get("id")))) {
                throw Problem.notFound("Indicator", id);
            }
        }
        byKey.values().removeIf(row -> ids.contains(String.valueOf(row.get("id"))));
    }

    /** Returns all indicators, expired ones included. */
    synchronized List<Entity> all() {
        return List.copyOf(byKey.values());
    }

    /**
     * Adds an indicator with any members, an id and an end in the past included.
     *
     * @throws IllegalArgumentException if the value is not of its type, or id or value exist
     */
    synchronized String give(Map<String, @Nullable Object> members) {
        String next = Long.toString(lastId.incrementAndGet());
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("indicatorType", "DomainName");
        request.put("indicatorValue", "host-" + next + "." + Organisation.DNS_SUFFIX);
        request.put("action", "Block");
        request.put("generateAlert", false);
        request.put("severity", "Medium");
        request.put("title", "Indicator " + next);
        request.put("description", "Given by a test");
        request.putAll(members);
        String id = members.get("id") instanceof String given ? given : next;
        if (byKey.containsKey(key(request)) || byKey.values().stream().anyMatch(row -> id.equals(row.get("id")))) {
            throw new IllegalArgumentException("indicator members id and indicatorValue must be new, were '" + id
                    + "' and '" + request.get("indicatorValue") + "'");
        }
        checkGiven(request);
        byKey.put(
                key(request),
                store(request, "soc-automation", now.get()).withAll(members).with("id", id));
        return id;
    }

    /** Changes members of an indicator, its value included. */
    synchronized void change(String id, Map<String, @Nullable Object> members) {
        Entity old = all().stream()
                .filter(row -> id.equals(row.get("id")))
                .findFirst()
                .orElseThrow();
        Entity changed = new Entity()
                .withAll(old.members())
                .with("lastUpdateTime", now.get())
                .withAll(members);
        checkGiven(changed.members());
        byKey.remove(key(old.members()));
        byKey.put(key(changed.members()), changed);
    }

    private static void checkGiven(Map<String, @Nullable Object> members) {
        try {
            check(String.valueOf(members.get("indicatorType")), String.valueOf(members.get("indicatorValue")));
        } catch (Problem e) {
            throw new IllegalArgumentException("indicator member indicatorValue: " + e.text(), e);
        }
    }

    private static String key(Map<?, ?> request) {
        return request.get("indicatorType") + " "
                + String.valueOf(request.get("indicatorValue")).toLowerCase(Locale.ROOT);
    }

    private static void check(String type, String value) {
        Integer digits = DIGITS.get(type);
        if (digits != null) {
            require(value.length() == digits && HEX.matcher(value).matches(), "InvalidHashValue", value, type);
        } else if (type.equals("IpAddress")) {
            require(NetworkNames.isAddress(value), "InvalidIpAddress", value, type);
        } else if (type.equals("DomainName")) {
            require(NetworkNames.isDomain(value), "InvalidDomainName", value, type);
        } else {
            require(isUrl(value), "InvalidUrl", value, type);
        }
    }

    private static void require(boolean valid, String code, String value, String type) {
        if (!valid) {
            throw new Problem(400, code, "'" + value + "' is not a value of type " + type);
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
