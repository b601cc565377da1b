package io.github.defenderreactive.cli.internal.crawl;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text with placeholders: {@code ${reference}}, {@code ${reference|other}} for the first that has a value, and
 * {@code ${now-P1D}} for a time in the past.
 *
 * @param text the text with its placeholders
 */
record Template(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}]+)}");
    private static final String AGO = "now-";

    /** Returns the references in the placeholders. */
    List<Reference> references() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .flatMap(Template::choices)
                .filter(choice -> !choice.startsWith(AGO))
                .map(Reference::parse)
                .toList();
    }

    private static Stream<String> choices(MatchResult placeholder) {
        return Stream.of(placeholder.group(1).split("\\|", -1));
    }

    /**
     * Replaces every placeholder.
     *
     * @param found returns the value of a reference
     * @param clock the clock for times
     * @param escape escapes a value for the text
     * @return the text with values
     * @throws MissingValueException if a placeholder has no value
     */
    String fill(Function<Reference, Optional<String>> found, Clock clock, UnaryOperator<String> escape) {
        List<String> missing = new ArrayList<>();
        String filled = PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            Optional<String> value = choices(placeholder)
                    .flatMap(choice -> value(choice, found, clock).stream())
                    .findFirst();
            if (value.isEmpty()) {
                missing.add(placeholder.group(1));
            }
            return Matcher.quoteReplacement(escape.apply(value.orElse("")));
        });
        if (!missing.isEmpty()) {
            throw new MissingValueException(missing);
        }
        return filled;
    }

    private static Optional<String> value(String choice, Function<Reference, Optional<String>> found, Clock clock) {
        if (choice.startsWith(AGO)) {
            Duration ago = Duration.parse(choice.substring(AGO.length()));
            return Optional.of(
                    clock.instant().minus(ago).truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return found.apply(Reference.parse(choice));
    }
}
