package io.github.defenderreactive.cli.crawl;

import java.util.List;

/** Nothing that was read before gives an argument that a call needs. */
final class MissingValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingValueException(List<String> places) {
        super("nothing read has " + String.join(", ", places));
    }
}
