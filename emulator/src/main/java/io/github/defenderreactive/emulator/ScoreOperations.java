package io.github.defenderreactive.emulator;

import java.util.Map;

/** The operations of the scores group. */
final class ScoreOperations {

    private static final String EXPOSURE = "ExposureScore";

    private final Scores scores;
    private final Answers answers;

    ScoreOperations(Scores scores, Answers answers) {
        this.scores = scores;
        this.answers = answers;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getExposureScore", call -> Answers.entity(call, EXPOSURE, scores.exposure()));
        handlers.put(
                "listExposureScoresByMachineGroup",
                call -> answers.collection(call, EXPOSURE, scores.exposureByGroup()));
        handlers.put("getDeviceSecureScore", call -> Answers.entity(call, "ConfigurationScore", scores.secure()));
    }
}
