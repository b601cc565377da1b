package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.model.IndicatorAction;
import io.github.defenderreactive.client.model.IndicatorSeverity;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of a row before it is sent, because the service rejects a whole batch for one row without a known type. */
final class IndicatorCheck {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    /** Leaves the details to the service: no blanks and nothing of a URL. */
    private static final Pattern DOMAIN = Pattern.compile("[^\\s/:@]{1,253}");

    private static final Pattern URL = Pattern.compile("\\S+");

    private static final Map<IndicatorType, Integer> DIGITS = Map.of(
            IndicatorType.FILE_MD5, 32,
            IndicatorType.FILE_SHA1, 40,
            IndicatorType.FILE_SHA256, 64,
            IndicatorType.CERTIFICATE_THUMBPRINT, 40);

    private IndicatorCheck() {}

    /** Returns the reason why a row cannot be sent, or null. */
    static @Nullable String problem(SubmitIndicatorRequest row, Instant now) {
        IndicatorType type = row.indicatorType();
        String value = row.indicatorValue();
        IndicatorAction action = row.action();
        IndicatorSeverity severity = row.severity();
        Instant expiry = row.expirationTime();
        if (type == null || !type.isKnown()) {
            return "indicatorType must be one of " + IndicatorType.values() + ", was " + type;
        } else if (value == null || value.isBlank()) {
            return "indicatorValue must not be blank";
        } else if (!fits(type, value)) {
            return "indicatorValue must be a value of type " + type + ", was '" + value + "'";
        } else if (action == null || !action.isKnown()) {
            return "action must be one of " + IndicatorAction.values() + ", was " + action;
        } else if (action.equals(IndicatorAction.AUDIT) && !Boolean.TRUE.equals(row.generateAlert())) {
            return "generateAlert must be true with the action Audit";
        } else if (severity != null && !severity.isKnown()) {
            return "severity must be one of " + IndicatorSeverity.values() + ", was " + severity;
        } else if (isBlank(row.title())) {
            return "title must not be blank";
        } else if (isBlank(row.description())) {
            return "description must not be blank";
        }
        return expiry != null && !expiry.isAfter(now) ? "expirationTime must be in the future, was " + expiry : null;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static boolean fits(IndicatorType type, String value) {
        Integer digits = DIGITS.get(type);
        if (digits != null) {
            return value.length() == digits && HEX.matcher(value).matches();
        } else if (type.equals(IndicatorType.IP_ADDRESS)) {
            return IPV4.matcher(value).matches() || isIpv6(value);
        }
        return (type.equals(IndicatorType.DOMAIN_NAME) ? DOMAIN : URL)
                .matcher(value)
                .matches();
    }

    private static boolean isIpv6(String value) {
        if (!IPV6.matcher(value).matches()) {
            return false;
        }
        try {
            // A text with a colon is parsed and never looked up.
            InetAddress.getByName(value);
            return true;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
