package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.http.Problem;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of enumerations between Pascal case, as the Defender APIs write them, and camel case, as Microsoft Graph does.
 */
final class GraphEnums {

    static final String UNKNOWN = "unknown";

    private static final Map<String, String> TO_GRAPH = Map.ofEntries(
            Map.entry("UnSpecified", UNKNOWN),
            Map.entry("NotAvailable", UNKNOWN),
            Map.entry("NoEnoughDataToValidate", "notEnoughDataToValidate"),
            Map.entry("WindowsDefenderAtp", "microsoftDefenderForEndpoint"),
            Map.entry("WindowsDefenderAv", "antivirus"),
            Map.entry("CustomerTI", "customTi"),
            Map.entry("OfficeATP", "microsoftDefenderForOffice365"));

    private GraphEnums() {}

    /** Returns the value in camel case; unknown if there is none. */
    static String toGraph(@Nullable Object value) {
        if (value == null) {
            return UNKNOWN;
        }
        String text = value.toString();
        String own = text.isEmpty() ? text : TO_GRAPH.get(text);
        return own == null ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : own;
    }

    /** Returns the value in Pascal case; null for unknown. */
    static @Nullable String fromGraph(@Nullable Object value) {
        if (value == null || value.equals(UNKNOWN)) {
            return null;
        }
        String text = value.toString();
        if (text.equals("unknownFutureValue")) {
            throw Problem.invalidInput("unknownFutureValue is a sentinel and no value");
        }
        return text.equals("notEnoughDataToValidate")
                ? "NoEnoughDataToValidate"
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
