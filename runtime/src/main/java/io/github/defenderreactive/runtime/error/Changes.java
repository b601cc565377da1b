package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an exception that may differ in a copy of it.
 *
 * @param context the context
 * @param note what was decided about the failure, or null
 * @param continuation the text of a continuation token, or null
 */
record Changes(
        ErrorContext context,
        @Nullable String note,
        @Nullable String continuation) {}
