package io.github.defenderreactive.maven;

import java.util.List;

/** The text of findings, one line each, so that Maven marks each as an error. */
final class Findings {

    private Findings() {}

    static String text(List<String> findings) {
        String count = findings.size() == 1 ? "1 finding" : findings.size() + " findings";
        return count + " in the description:\n" + String.join("\n", findings);
    }
}
