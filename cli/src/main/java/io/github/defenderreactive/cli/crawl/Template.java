package io.github.defenderreactive.cli.crawl;

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
 * A text with places to fill: {@code ${reference}}, {@code ${reference|other}} for the first that has a value, and
 * {@code ${now-P1D}} for a time so long ago.
 *
 * @param text the text with its places
 */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}]+)}");
    private static final String AGO = "now-";

    /** The values that the places ask for. */
    List<Reference> references() {
        return PLACE.matcher(text)
                .results()
                .flatMap(Template::choices)
                .filter(choice -> !choice.startsWith(AGO))
                .map(Reference::parse)
                .toList();
    }

    private static Stream<String> choices(MatchResult place) {
        return Stream.of(place.group(1).split("\\|", -1));
    }

    /**
     * Fills every place.
     *
     * @param found gives the value of a reference
     * @param escape makes a value fit to stand in the text
     * @throws MissingValueException if a place has no value
     */
    String fill(Function<Reference, Optional<String>> found, Clock clock, UnaryOperator<String> escape) {
        List<String> missing = new ArrayList<>();
        String filled = PLACE.matcher(text).replaceAll(place -> {
            Optional<String> value = choices(place)
                    .flatMap(choice -> value(choice, found, clock).stream())
                    .findFirst();
            if (value.isEmpty()) {
                missing.add(place.group(1));
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
