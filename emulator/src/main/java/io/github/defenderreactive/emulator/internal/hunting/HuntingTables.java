package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.AlertScan;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tenant as tables for hunting, limited to its look-back period. */
final class HuntingTables {

    private static final Duration LOOK_BACK = Duration.ofDays(30);

    private record Table(List<HuntingColumn> columns, Supplier<Stream<Row>> rows) {}

    private final Machines machines;
    private final Alerts alerts;
    private final Organisation organisation;
    private final Supplier<Instant> now;
    private final Predicate<Row> wanted;
    private final GivenHunting given;
    private final Map<String, Table> tables = new TreeMap<>();

    HuntingTables(Machines machines, Alerts alerts, Organisation organisation, Supplier<Instant> now) {
        this(machines, alerts, organisation, now, row -> true, new GivenHunting());
    }

    private HuntingTables(
            Machines machines,
            Alerts alerts,
            Organisation organisation,
            Supplier<Instant> now,
            Predicate<Row> wanted,
            GivenHunting given) {
        this.given = given;
        this.machines = machines;
        this.alerts = alerts;
        this.organisation = organisation;
        this.now = now;
        this.wanted = wanted;
        tables.put("DeviceInfo", new Table(HuntingColumns.DEVICE_INFO, () -> devices(this::device)));
        tables.put("DeviceNetworkInfo", new Table(HuntingColumns.DEVICE_NETWORK_INFO, () -> devices(this::network)));
        tables.put(
                "DeviceProcessEvents",
                new Table(
                        HuntingColumns.DEVICE_PROCESS_EVENTS,
                        () -> evidence().filter(HuntingTables::isProcess).map(this::process)));
        tables.put(
                "AlertInfo",
                new Table(HuntingColumns.ALERT_INFO, () -> recentAlerts(false).map(HuntingTables::alert)));
        tables.put(
                "AlertEvidence",
                new Table(HuntingColumns.ALERT_EVIDENCE, () -> evidence().map(this::evidence)));
    }

    /**
     * Returns the rows that a test gave for a query, or the result of the query over the tables.
     *
     * @throws Problem 400 for an invalid query, 501 for one that the emulator does not support
     */
    HuntingResult run(String query) {
        HuntingResult rows = given.run(query);
        return rows == null ? HuntingQuery.run(query, this, now.get()) : rows;
    }

    /** Returns the rows that tests give. */
    GivenHunting given() {
        return given;
    }

    /** Returns the same tables, limited to a span of time. */
    HuntingTables within(Timespan span) {
        return new HuntingTables(
                machines,
                alerts,
                organisation,
                now,
                row -> row.get("Timestamp") instanceof Instant time && span.holds(time),
                given);
    }

    Set<String> names() {
        return tables.keySet();
    }

    HuntingResult table(String name) {
        HuntingResult own = given.table(name);
        if (own != null) {
            return own.with(own.rows().filter(row -> row.get("Timestamp") == null || wanted.test(row)));
        }
        Table table = tables.get(name);
        if (table != null) {
            return new HuntingResult(table.columns(), table.rows().get().filter(wanted), false);
        } else if (ServiceTables.has(name)) {
            throw HuntingQuery.unsupported("table " + name + ", only " + String.join(", ", names()));
        }
        throw HuntingQuery.error("no table named " + name + "; there are " + String.join(", ", names())
                + ", and tenant().hunting(query, rows) gives the rows of any other");
    }

    private Instant begin() {
        return now.get().minus(LOOK_BACK);
    }

    private Stream<Row> devices(Function<Entity, Entity> row) {
        Instant begin = begin();
        return machines.devices()
                .mapToObj(machines::entity)
                .filter(device -> device.get("lastSeen") instanceof Instant seen && !seen.isBefore(begin))
                .map(row);
    }

    private Entity device(Entity device) {
        int number = machines.byId(String.valueOf(device.get("id")));
        List<Entity> users = organisation.usersOf(number).stream()
                .map(user -> new Entity()
                        .with("UserName", organisation.account(user))
                        .with("DomainName", Organisation.DOMAIN)
                        .with("Sid", organisation.sid(user)))
                .toList();
        List<String> tags = machines.tags(number);
        return new Entity()
                .with("Timestamp", device.get("lastSeen"))
                .with("DeviceId", device.get("id"))
                .with("DeviceName", device.get("computerDnsName"))
                .with("ClientVersion", device.get("agentVersion"))
                .with("PublicIP", device.get("lastExternalIpAddress"))
                .with("OSArchitecture", device.get("osArchitecture"))
                .with("OSPlatform", device.get("osPlatform"))
                .with("OSBuild", device.get("osBuild"))
                .with("OSVersionInfo", device.get("version"))
                .with("IsAzureADJoined", device.get("isAadJoined"))
                .with("AadDeviceId", device.get("aadDeviceId"))
                .with("LoggedOnUsers", json(users))
                .with("RegistryDeviceTag", tags.isEmpty() ? "" : tags.get(0))
                .with("MachineGroup", device.get("rbacGroupName"))
                .with("OnboardingStatus", device.get("onboardingStatus"))
                .with("ExposureLevel", device.get("exposureLevel"))
                .with("AssetValue", device.get("deviceValue"))
                .with("ReportId", report(number));
    }

    private Entity network(Entity device) {
        int number = machines.byId(String.valueOf(device.get("id")));
        return new Entity()
                .with("Timestamp", device.get("lastSeen"))
                .with("DeviceId", device.get("id"))
                .with("DeviceName", device.get("computerDnsName"))
                .with("NetworkAdapterType", "Ethernet")
                .with("NetworkAdapterStatus", "Up")
                .with("IPAddresses", json(List.of(new Entity().with("IPAddress", machines.address(number)))))
                .with("ReportId", report(number));
    }

    private long report(int device) {
        return Math.floorMod(Seeded.hash(organisation.seed(), device, 91), 1L << 53);
    }

    /** Returns the alerts of the look-back period, newest first. */
    private Stream<AlertRow> recentAlerts(boolean expanded) {
        Instant begin = begin();
        AlertScan scan = alerts.scan(null, 0, expanded);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scan, Spliterator.ORDERED), false)
                .map(AlertRow.class::cast)
                .takeWhile(row -> !Ticks.instant(row.created()).isBefore(begin));
    }

    private static Entity alert(AlertRow row) {
        return new Entity()
                .with("Timestamp", row.get("alertCreationTime"))
                .with("AlertId", row.id())
                .with("Title", row.get("title"))
                .with("Category", row.get("category"))
                .with("Severity", row.get("severity"))
                .with("ServiceSource", "Microsoft Defender for Endpoint")
                .with("DetectionSource", row.get("detectionSource"))
                .with("AttackTechniques", json(row.get("mitreTechniques")));
    }

    private record Found(AlertRow alert, Evidence evidence) {
        @Nullable
        Object get(Evidence.Member member) {
            return evidence.get(member);
        }
    }

    private Stream<Found> evidence() {
        return recentAlerts(true)
                .flatMap(alert -> alert.evidence().stream().map(evidence -> new Found(alert, evidence)));
    }

    private static boolean isProcess(Found found) {
        return "Process".equals(found.get(Evidence.Member.ENTITY_TYPE));
    }

    private Entity evidence(Found found) {
        AlertRow alert = found.alert();
        return alert(alert)
                .with("EntityType", found.get(Evidence.Member.ENTITY_TYPE))
                .with("EvidenceRole", "Related")
                .with("DeviceId", alert.machineId())
                .with("DeviceName", alert.computerName())
                .with("SHA1", found.get(Evidence.Member.SHA1))
                .with("SHA256", found.get(Evidence.Member.SHA256))
                .with("FileName", found.get(Evidence.Member.FILE_NAME))
                .with("FolderPath", found.get(Evidence.Member.FILE_PATH))
                .with("ProcessCommandLine", found.get(Evidence.Member.COMMAND_LINE))
                .with("RemoteIP", found.get(Evidence.Member.IP_ADDRESS))
                .with("RemoteUrl", found.get(Evidence.Member.URL))
                .with("AccountName", found.get(Evidence.Member.ACCOUNT))
                .with("AccountDomain", found.get(Evidence.Member.DOMAIN))
                .with("AccountSid", found.get(Evidence.Member.SID))
                .with("AccountUpn", found.get(Evidence.Member.PRINCIPAL))
                .with("RegistryKey", found.get(Evidence.Member.REGISTRY_KEY));
    }

    /** Returns the process of an alert, the only processes that the emulator knows. */
    private Entity process(Found found) {
        AlertRow alert = found.alert();
        Integer user = alert.user();
        return new Entity()
                .with("Timestamp", found.get(Evidence.Member.PROCESS_CREATED))
                .with("DeviceId", alert.machineId())
                .with("DeviceName", alert.computerName())
                .with("ActionType", "ProcessCreated")
                .with("FileName", found.get(Evidence.Member.FILE_NAME))
                .with("FolderPath", found.get(Evidence.Member.FILE_PATH))
                .with("SHA1", found.get(Evidence.Member.SHA1))
                .with("SHA256", found.get(Evidence.Member.SHA256))
                .with("ProcessId", found.get(Evidence.Member.PROCESS_ID))
                .with("ProcessCommandLine", found.get(Evidence.Member.COMMAND_LINE))
                .with("AccountDomain", user == null ? null : Organisation.DOMAIN)
                .with("AccountName", user == null ? null : organisation.account(user))
                .with("InitiatingProcessFileName", found.get(Evidence.Member.PARENT_FILE_NAME))
                .with("InitiatingProcessFolderPath", found.get(Evidence.Member.PARENT_FILE_PATH))
                .with("InitiatingProcessId", found.get(Evidence.Member.PARENT_ID))
                .with("ReportId", Math.floorMod(alert.hash(), 1L << 53));
    }

    private static String json(@Nullable Object value) {
        return new String(Values.bytes(value), StandardCharsets.UTF_8);
    }
}
