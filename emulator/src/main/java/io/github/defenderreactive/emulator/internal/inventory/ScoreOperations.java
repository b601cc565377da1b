package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the scores group. */
final class ScoreOperations {

    private static final String EXPOSURE = "ExposureScore";

    private final Scores scores;
    private final ODataResponses responses;

    ScoreOperations(Scores scores, ODataResponses responses) {
        this.scores = scores;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getExposureScore", call -> ODataResponses.entity(call, EXPOSURE, scores.exposure()));
        handlers.put(
                "listExposureScoresByMachineGroup",
                call -> responses.collection(call, EXPOSURE, scores.exposureByGroup()));
        handlers.put(
                "getDeviceSecureScore", call -> ODataResponses.entity(call, "ConfigurationScore", scores.secure()));
    }
}
