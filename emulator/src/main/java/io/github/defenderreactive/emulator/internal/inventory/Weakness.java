package io.github.defenderreactive.emulator.internal.inventory;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A published vulnerability that products have below some patch level.
 *
 * @param fixedAt the first patch level without it, {@link #NEVER} if there is no fix
 * @param age days between its publication and the newest alert
 */
record Weakness(String cve, @Nullable BigDecimal cvss, int fixedAt, int age, boolean publicExploit) {

    static final int NEVER = Integer.MAX_VALUE;

    private static final BigDecimal CRITICAL = BigDecimal.valueOf(9);
    private static final BigDecimal HIGH = BigDecimal.valueOf(7);
    private static final BigDecimal MEDIUM = BigDecimal.valueOf(4);

    boolean isAt(int level) {
        return level < fixedAt;
    }

    String severity() {
        if (cvss == null || cvss.compareTo(MEDIUM) < 0) {
            return "Low";
        } else if (cvss.compareTo(HIGH) < 0) {
            return "Medium";
        }
        return cvss.compareTo(CRITICAL) < 0 ? "High" : "Critical";
    }

    /** Returns the contribution to the exposure score if every device has it. */
    double weight() {
        return switch (severity()) {
            case "Critical" -> 4;
            case "High" -> 2;
            case "Medium" -> 1;
            default -> 0.5;
        };
    }
}
