package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vulnerabilities that devices have. Lists below a device, product or recommendation show them in short. */
final class Vulnerabilities {

    private static final String TYPE = "#microsoft.windowsDefenderATP.api.PublicVulnerabilityDto";

    private final Machines machines;
    private final Installations installations;
    private final long newest;

    Vulnerabilities(Machines machines, Installations installations, Instant newest) {
        this.machines = machines;
        this.installations = installations;
        this.newest = Ticks.floor(newest);
    }

    List<Entity> all() {
        return Catalogue.WEAKNESSES.values().stream()
                .filter(weakness -> installations.exposed(weakness) > 0)
                .map(this::entity)
                .toList();
    }

    /** Returns a vulnerability by its CVE id; null if no device has it. */
    @Nullable
    Weakness find(String cve) {
        Weakness weakness = Catalogue.WEAKNESSES.get(cve);
        return weakness == null || installations.exposed(weakness) == 0 ? null : weakness;
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

    IntStream devices(Weakness weakness) {
        return IntStream.range(0, machines.count()).filter(device -> installations.exposes(weakness, device));
    }

    /** Returns one row for each device, product and vulnerability, by device. */
    Iterator<MachineVulnerability> rows(@Nullable FilterExpression filter, long skip) {
        return devices(filter)
                .boxed()
                .flatMap(this::found)
                .filter(row -> filter == null || filter.test(row))
                .skip(skip)
                .iterator();
    }

    private IntStream devices(@Nullable FilterExpression filter) {
        if (filter != null && filter.equalTo("machineId") instanceof String id) {
            return IntStream.of(machines.byId(id)).filter(device -> device >= 0);
        }
        return IntStream.range(0, machines.count());
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
