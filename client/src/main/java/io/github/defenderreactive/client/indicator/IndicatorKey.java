package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an indicator. The service keeps one indicator for each type and value.
 *
 * @param type kind of the value
 * @param value the value; in lower case unless it is a URL, whose path may be case-sensitive
 */
record IndicatorKey(String type, String value) {

    static IndicatorKey of(SubmitIndicatorRequest request) {
        return of(request.indicatorType(), request.indicatorValue());
    }

    static IndicatorKey of(Indicator indicator) {
        return of(indicator.indicatorType(), indicator.indicatorValue());
    }

    private static IndicatorKey of(@Nullable IndicatorType type, @Nullable String value) {
        String text = value == null ? "" : value;
        return new IndicatorKey(
                type == null ? "" : type.value(),
                IndicatorType.URL.equals(type) ? text : text.toLowerCase(Locale.ROOT));
    }
}
