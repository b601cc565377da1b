package io.github.defenderreactive.cli.internal.crawl;

import java.util.List;

/** The absence of an argument from all earlier responses. */
final class MissingValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingValueException(List<String> places) {
        super("no response contains " + String.join(", ", places));
    }
}
