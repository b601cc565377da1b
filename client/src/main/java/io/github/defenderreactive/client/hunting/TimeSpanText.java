package io.github.defenderreactive.client.hunting;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of time spans in the form {@code [-][d.]hh:mm:ss[.fffffff]}. */
final class TimeSpanText {

    private static final Pattern FORM =
            Pattern.compile("(-)?(?:(\\d{1,8})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?");

    private TimeSpanText() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "text must be a time span such as 1.02:03:04, was '%s'", text));
        }
        String fraction = matcher.group(6) == null ? "" : matcher.group(6);
        Duration span = Duration.ofDays(matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2)))
                .plusHours(Long.parseLong(matcher.group(3)))
                .plusMinutes(Long.parseLong(matcher.group(4)))
                .plusSeconds(Long.parseLong(matcher.group(5)))
                .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)));
        return matcher.group(1) == null ? span : span.negated();
    }
}
