package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** The operations of the baselines group. */
final class BaselineOperations {

    private final Baselines baselines;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    BaselineOperations(Baselines baselines, ODataResponses responses, Supplier<Instant> now) {
        this.baselines = baselines;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listBaselineProfiles",
                call -> responses.collection(
                        call,
                        "Collection(microsoft.windowsDefenderATP.api.PublicBaselineProfileDto)",
                        baselines.profiles(ExportSnapshot.at(now.get()))));
        handlers.put(
                "listBaselineConfigurations",
                call -> responses.collection(call, "BaselineConfigurations", baselines.configurations()));
    }
}
