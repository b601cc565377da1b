package io.github.defenderreactive.apispec.lint;

import java.util.stream.Stream;

/** A rule of the dialect that descriptions of this project are written in. */
@FunctionalInterface
interface Rule {

    Stream<Finding> check(Description description);
}
