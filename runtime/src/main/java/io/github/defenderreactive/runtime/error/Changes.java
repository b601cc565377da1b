package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an exception that may differ in a copy.
 *
 * @param context the context
 * @param note the retry decision, or null
 * @param continuation the text of a continuation token, or null
 */
record Changes(
        ErrorContext context,
        @Nullable String note,
        @Nullable String continuation) {}
