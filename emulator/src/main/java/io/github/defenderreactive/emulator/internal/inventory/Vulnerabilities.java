package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.data.Overlay;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vulnerabilities that devices have. Lists below a device, product or recommendation show them in short. */
final class Vulnerabilities {

    private static final int FIRST_GIVEN = 90_000;
    private static final String TYPE = "#microsoft.windowsDefenderATP.api.PublicVulnerabilityDto";

    private final Machines machines;
    private final Installations installations;
    private final long newest;
    private final Overlay catalogue;
    private final Overlay found;

    Vulnerabilities(Machines machines, Installations installations, Instant newest) {
        this.machines = machines;
        this.installations = installations;
        this.newest = Ticks.floor(newest);
        this.catalogue = new Overlay("vulnerability", this::computed, this::identified);
        this.found = new Overlay(
                "machine vulnerability", () -> machines.devices().boxed().flatMap(this::found), this::identifiedRow);
    }

    List<Kind> kinds() {
        return List.of(
                new Kind("vulnerabilities", "a vulnerability", "listVulnerabilities", Set.of("id"), catalogue),
                new Kind(
                        "machineVulnerabilities",
                        "a machine vulnerability",
                        "listMachinesVulnerabilities",
                        Set.of("id"),
                        found));
    }

    private Entity identified(Entity given) {
        if (given.get("id") == null) {
            given.with("id", "CVE-2026-" + (FIRST_GIVEN + catalogue.added().count()));
        }
        return given.get("name") == null ? given.with("name", given.get("id")) : given;
    }

    private Entity identifiedRow(Entity given) {
        Object machine = given.get("machineId");
        if (machine instanceof String id && machines.byId(id) < 0) {
            throw new IllegalArgumentException(
                    "machine vulnerability member machineId must be the id of a machine, was '" + id + "'");
        }
        return given.get("id") == null
                ? given.with(
                        "id",
                        given.get("machineId") + "-_-" + given.get("cveId") + "-_-"
                                + found.added().count())
                : given;
    }

    private Stream<Entity> computed() {
        return Catalogue.WEAKNESSES.values().stream()
                .filter(weakness -> installations.exposed(weakness) > 0)
                .map(this::entity);
    }

    List<Row> all() {
        return catalogue.rows().toList();
    }

    /**
     * Returns a vulnerability by its CVE id.
     *
     * @throws Problem 404 if no device has it
     */
    Row require(String cve) {
        Weakness weakness = catalogue.given(cve) == null ? computed(cve) : null;
        Row row = weakness == null ? catalogue.given(cve) : entity(weakness);
        if (row == null) {
            throw Problem.notFound("Vulnerability", cve);
        }
        return row;
    }

    private @Nullable Weakness computed(String cve) {
        Weakness weakness = Catalogue.WEAKNESSES.get(cve);
        return weakness == null || catalogue.removed(cve) || installations.exposed(weakness) == 0 ? null : weakness;
    }

    /** Returns the vulnerabilities of a device, with their type as in the service. */
    List<Entity> on(int device) {
        return found(device)
                .map(row -> new Entity()
                        .with("@odata.type", TYPE)
                        .withAll(inShort(row.weakness()).members()))
                .toList();
    }

    List<Entity> inShort(List<Weakness> weaknesses) {
        return weaknesses.stream().map(this::inShort).toList();
    }

    /** Returns the devices that have a vulnerability by their software, or because a test says so. */
    IntStream devices(String cve) {
        require(cve);
        Weakness weakness = computed(cve);
        Set<Integer> given = found.added()
                .filter(row -> cve.equals(row.get("cveId")))
                .map(row -> machines.byId(String.valueOf(row.get("machineId"))))
                .collect(Collectors.toSet());
        return machines.devices()
                .filter(device ->
                        given.contains(device) || weakness != null && installations.exposes(weakness, device));
    }

    /** Returns one row for each device, product and vulnerability, by device. */
    Iterator<Row> rows(@Nullable FilterExpression filter, long skip) {
        return found.over(devices(filter).boxed().flatMap(this::found))
                .filter(row -> filter == null || filter.test(row))
                .skip(skip)
                .iterator();
    }

    private IntStream devices(@Nullable FilterExpression filter) {
        if (filter != null && filter.equalTo("machineId") instanceof String id) {
            return IntStream.of(machines.byId(id)).filter(device -> device >= 0);
        }
        return machines.devices();
    }

    private Stream<MachineVulnerability> found(int device) {
        String id = machines.id(device);
        return installations.on(device).stream()
                .flatMap(installation -> installation.product().weaknesses(installation.version()).stream()
                        .map(weakness -> new MachineVulnerability(
                                id, installation.product(), installation.version(), weakness)));
    }

    private Entity inShort(Weakness weakness) {
        return new Entity()
                .with("id", weakness.cve())
                .with("name", weakness.cve())
                .with("description", "Crafted input makes the product run code of its sender.")
                .with("severity", weakness.severity())
                .with("cvssV3", weakness.cvss())
                .with("exposedMachines", installations.exposed(weakness))
                .with("publishedOn", Ticks.instant(published(weakness)))
                .with("updatedOn", Ticks.instant(published(weakness) + 3 * Ticks.DAY))
                .with("publicExploit", weakness.publicExploit())
                .with("exploitVerified", false)
                .with("exploitInKit", false)
                .with("exploitTypes", weakness.publicExploit() ? List.of("Remote") : List.of())
                .with("exploitUris", List.of());
    }

    Entity entity(Weakness weakness) {
        boolean unpatchable = weakness.fixedAt() == Weakness.NEVER;
        return inShort(weakness)
                .with(
                        "cvssVector",
                        weakness.cvss() == null ? null : "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:N/E:U/RL:O/RC:C")
                .with("firstDetected", Ticks.instant(published(weakness) + Ticks.DAY + 3_217 * Ticks.SECOND))
                // The service writes this one value in two ways.
                .with("cveSupportability", weakness.publicExploit() ? "supported" : "Supported")
                .with("tags", unpatchable ? List.of("noSecurityUpdate") : List.of())
                .with("epss", weakness.cvss() == null ? null : weakness.cvss().movePointLeft(2));
    }

    private long published(Weakness weakness) {
        return Math.floorDiv(newest, Ticks.DAY) * Ticks.DAY - weakness.age() * Ticks.DAY;
    }
}
