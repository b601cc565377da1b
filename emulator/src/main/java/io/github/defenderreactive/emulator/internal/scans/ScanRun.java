package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A run of a scan definition. Its results are drawn from the definition and the time. */
public record ScanRun(long seed, ScanDefinition definition, Instant time) {

    private long hash(int purpose) {
        return Seeded.hash(seed ^ definition.id().hashCode(), time.getEpochSecond(), purpose);
    }

    public String session() {
        return Seeded.hex(seed ^ definition.id().hashCode(), time.getEpochSecond(), 123, 32);
    }

    /** Returns whether a target responded; one in eight does not. */
    private boolean answered(int target) {
        return Seeded.below(hash(124 + target), 8) > 0;
    }

    private int successes() {
        return (int) IntStream.range(0, definition.targets().size())
                .filter(this::answered)
                .count();
    }

    String status() {
        int successes = successes();
        return successes == 0 ? "Fail" : successes == definition.targets().size() ? "Success" : "Partial Success";
    }

    Entity byDefinition(String scanner) {
        return new Entity()
                .with("ScanDefinitionIds", definition.id())
                .with("LastScanned", time)
                .with("ScanStatus", status())
                .with("ScannerId", scanner);
    }

    Entity bySession(String organisation) {
        List<String> targets = definition.targets();
        return new Entity()
                .with("orgId", organisation)
                .with("ScanDefinitionIds", definition.id())
                .with("SessionIds", session())
                .with("NumberOfSuccessfullyScannedTargets", successes())
                .with("NumberOfTargets", targets.size())
                .with("ScanStatus", status())
                .with("LastScanned", time)
                .with(
                        "ListScannedTargets",
                        IntStream.range(0, targets.size())
                                .mapToObj(this::target)
                                .toList());
    }

    private Entity target(int number) {
        boolean answered = answered(number);
        return new Entity()
                .with("Ip", definition.targets().get(number))
                .with("Hostname", answered ? "net-" + (number + 1) : null)
                .with("ScannedDeviceDescription", answered ? "Network device" : null)
                .with("ErrorMessage", answered ? "" : "The target did not answer")
                .with("ScanStatus", answered ? "Success" : "Fail")
                .with("ScanDuration", answered ? "00:0" + Seeded.below(hash(7), 9) + ":12" : "00:00:30");
    }
}
