package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.json.JsonObject;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An entity linked to an alert, in a flat form with every member, most of them null. */
public final class Evidence implements JsonObject {

    /** The members in the order of the wire. */
    public enum Member {
        ENTITY_TYPE("entityType"),
        CREATED("evidenceCreationTime"),
        SHA1("sha1"),
        SHA256("sha256"),
        FILE_NAME("fileName"),
        FILE_PATH("filePath"),
        PROCESS_ID("processId"),
        COMMAND_LINE("processCommandLine"),
        PROCESS_CREATED("processCreationTime"),
        PARENT_ID("parentProcessId"),
        PARENT_CREATED("parentProcessCreationTime"),
        PARENT_FILE_NAME("parentProcessFileName"),
        PARENT_FILE_PATH("parentProcessFilePath"),
        IP_ADDRESS("ipAddress"),
        URL("url"),
        REGISTRY_KEY("registryKey"),
        REGISTRY_HIVE("registryHive"),
        REGISTRY_TYPE("registryValueType"),
        REGISTRY_VALUE("registryValue"),
        REGISTRY_NAME("registryValueName"),
        ACCOUNT("accountName"),
        DOMAIN("domainName"),
        SID("userSid"),
        AAD_USER("aadUserId"),
        PRINCIPAL("userPrincipalName"),
        DETECTION("detectionStatus");

        private final String json;

        Member(String json) {
            this.json = json;
        }
    }

    public static final int ADDRESSES = 254;
    public static final int HOSTS = 400;

    private static final String NET = "203.0.113.";
    private static final String HOST_PREFIX = "cdn";
    private static final String HOST_SUFFIX = ".drop.example";

    private static final Member[] MEMBERS = Member.values();

    private static final Map<String, Member> BY_NAME =
            Stream.of(MEMBERS).collect(Collectors.toMap(member -> member.json, member -> member));

    private final Map<Member, Object> values = new EnumMap<>(Member.class);
    /** The given members that the description does not know. */
    private final Map<String, @Nullable Object> unknown = new LinkedHashMap<>();

    private Evidence() {}

    private Evidence(String entityType, long created) {
        values.put(Member.ENTITY_TYPE, entityType);
        values.put(Member.CREATED, Ticks.instant(created));
    }

    private Evidence with(Member member, Object value) {
        values.put(member, value);
        return this;
    }

    /** Returns the evidence that a test gave. */
    public static Evidence given(Map<?, ?> members) {
        Evidence evidence = new Evidence();
        members.forEach((name, value) -> {
            Member member = BY_NAME.get(String.valueOf(name));
            if (member == null) {
                evidence.unknown.put(String.valueOf(name), value);
            } else if (value != null) {
                evidence.values.put(member, value);
            }
        });
        return evidence;
    }

    public @Nullable Object get(Member member) {
        return values.get(member);
    }

    /**
     * Returns the evidence of an alert: always its file and process, most often a user, sometimes address, URL and
     * registry.
     */
    static List<Evidence> of(AlertRow row) {
        long seed = row.alerts().organisation().seed();
        long recorded = row.created() + 3_400_000;
        long hash = row.hash();
        Threat threat = row.threat();
        List<Evidence> all = new ArrayList<>();
        Integer user = row.user();
        if (user != null) {
            Organisation organisation = row.alerts().organisation();
            all.add(new Evidence("User", recorded)
                    .with(Member.ACCOUNT, organisation.account(user))
                    .with(Member.DOMAIN, Organisation.DOMAIN)
                    .with(Member.SID, organisation.sid(user))
                    .with(Member.AAD_USER, organisation.objectId(user))
                    .with(Member.PRINCIPAL, organisation.principalName(user)));
        }
        int file = KnownFiles.of(hash);
        String sha1 = KnownFiles.sha1(seed, file);
        String sha256 = KnownFiles.sha256(seed, file);
        all.add(new Evidence("File", recorded)
                .with(Member.SHA1, sha1)
                .with(Member.SHA256, sha256)
                .with(Member.FILE_NAME, threat.fileName())
                .with(Member.FILE_PATH, threat.folder())
                .with(Member.DETECTION, "Detected"));
        int processId = 1000 + Seeded.below(hash >>> 5, 30_000);
        all.add(new Evidence("Process", recorded + 2_000_000)
                .with(Member.SHA1, sha1)
                .with(Member.SHA256, sha256)
                .with(Member.FILE_NAME, threat.fileName())
                .with(Member.FILE_PATH, threat.folder())
                .with(Member.PROCESS_ID, processId)
                .with(
                        Member.COMMAND_LINE,
                        "\"" + threat.folder() + "\\" + threat.fileName() + "\" /run:"
                                + Long.toHexString(hash).toUpperCase(Locale.ROOT))
                .with(Member.PROCESS_CREATED, Ticks.instant(row.firstEvent()))
                .with(Member.PARENT_ID, 700 + processId % 300)
                .with(Member.PARENT_CREATED, Ticks.instant(row.firstEvent() - 41 * Ticks.SECOND))
                .with(Member.PARENT_FILE_NAME, "explorer.exe")
                .with(Member.PARENT_FILE_PATH, "C:\\Windows")
                .with(Member.DETECTION, "Detected"));
        int address = addressOf(hash);
        if (address >= 0) {
            all.add(new Evidence("Ip", recorded).with(Member.IP_ADDRESS, address(address)));
        }
        int host = hostOf(hash);
        if (host >= 0) {
            all.add(new Evidence("Url", recorded)
                    .with(Member.URL, "https://" + host(host) + "/load?id=" + row.index()));
        }
        if (Math.floorMod(hash >>> 45, 5L) == 0) {
            all.add(new Evidence("RegistryValue", recorded)
                    .with(Member.REGISTRY_HIVE, "HKEY_CURRENT_USER")
                    .with(Member.REGISTRY_KEY, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run")
                    .with(Member.REGISTRY_NAME, "Updater")
                    .with(Member.REGISTRY_TYPE, "ExpandString")
                    .with(Member.REGISTRY_VALUE, "%PUBLIC%\\Libraries\\updater.exe"));
        }
        return all;
    }

    /** Returns the number of the address of an alert; -1 for an alert without one. */
    public static int addressOf(long alertHash) {
        return Math.floorMod(alertHash >>> 39, 2L) == 0 ? Seeded.below(alertHash >>> 41, ADDRESSES) : -1;
    }

    public static String address(int number) {
        return NET + number;
    }

    /** Returns the number of an address; -1 if no alert can have it. */
    public static int addressNumber(String address) {
        return number(address, NET, "", ADDRESSES);
    }

    /** Returns the number of the host in the URL of an alert; -1 for an alert without one. */
    public static int hostOf(long alertHash) {
        return Math.floorMod(alertHash >>> 43, 3L) == 0 ? Seeded.below(alertHash >>> 47, HOSTS) : -1;
    }

    public static String host(int number) {
        return HOST_PREFIX + number + HOST_SUFFIX;
    }

    /** Returns the number of a host; -1 if no alert can have it. */
    public static int hostNumber(String host) {
        return number(host.toLowerCase(Locale.ROOT), HOST_PREFIX, HOST_SUFFIX, HOSTS);
    }

    private static int number(String text, String prefix, String suffix, int bound) {
        if (!text.startsWith(prefix) || !text.endsWith(suffix) || text.length() <= prefix.length() + suffix.length()) {
            return -1;
        }
        String digits = text.substring(prefix.length(), text.length() - suffix.length());
        int number = digits.matches("0|[1-9]\\d{0,3}") ? Integer.parseInt(digits) : bound;
        return number < bound ? number : -1;
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        for (Member member : MEMBERS) {
            out.name(member.json);
            Values.write(out, values.get(member));
        }
        unknown.forEach((name, value) -> {
            out.name(name);
            Values.write(out, value);
        });
        out.endObject();
    }

    /** Returns all members, in plain values. */
    @Override
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Member member : MEMBERS) {
            members.put(member.json, values.get(member));
        }
        members.putAll(unknown);
        return Collections.unmodifiableMap(members);
    }

    @Override
    public String toString() {
        return members().toString();
    }
}
