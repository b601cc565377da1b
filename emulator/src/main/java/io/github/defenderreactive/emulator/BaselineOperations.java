package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** The operations of the baselines group. */
final class BaselineOperations {

    private final Baselines baselines;
    private final Answers answers;
    private final Supplier<Instant> now;

    BaselineOperations(Baselines baselines, Answers answers, Supplier<Instant> now) {
        this.baselines = baselines;
        this.answers = answers;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listBaselineProfiles",
                call -> answers.collection(
                        call,
                        "Collection(microsoft.windowsDefenderATP.api.PublicBaselineProfileDto)",
                        baselines.profiles(ExportSnapshot.at(now.get()))));
        handlers.put(
                "listBaselineConfigurations",
                call -> answers.collection(call, "BaselineConfigurations", baselines.configurations()));
    }
}
