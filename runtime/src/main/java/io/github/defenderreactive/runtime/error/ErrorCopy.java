package io.github.defenderreactive.runtime.error;

/**
 * Copies of exceptions, with more context than the original. For the packages of this module: the pipeline and paging
 * know more of a failure than the code that detected it. An original may be shared between calls, so it is never
 * changed.
 *
 * @since 0.1.0
 */
public final class ErrorCopy {

    private ErrorCopy() {}

    /**
     * Returns a copy for another subscriber.
     *
     * @param <E> the type of the exception
     * @param original the exception
     * @return a copy
     */
    public static <E extends DefenderException> E of(E original) {
        return copy(original, original.unchanged());
    }

    /**
     * Returns a copy with another context.
     *
     * @param <E> the type of the exception
     * @param original the exception
     * @param context the context of the copy
     * @return a copy
     */
    public static <E extends DefenderException> E withContext(E original, ErrorContext context) {
        Changes unchanged = original.unchanged();
        return copy(original, new Changes(context, unchanged.note(), unchanged.continuation()));
    }

    /**
     * Returns a copy whose message also contains the retry decision.
     *
     * @param <E> the type of the exception
     * @param original the exception
     * @param note why no further attempt is made
     * @return the reason why no further attempt is made
     */
    public static <E extends DefenderException> E withNote(E original, String note) {
        Changes unchanged = original.unchanged();
        return copy(original, new Changes(unchanged.context(), note, unchanged.continuation()));
    }

    /**
     * Returns a copy with the position from which a paged read can be resumed.
     *
     * @param <E> the type of the exception
     * @param original the exception
     * @param token the text of a continuation token
     * @return a copy
     */
    public static <E extends DefenderException> E withContinuation(E original, String token) {
        Changes unchanged = original.unchanged();
        return copy(original, new Changes(unchanged.context(), unchanged.note(), token));
    }

    @SuppressWarnings("unchecked") // each type copies itself
    private static <E extends DefenderException> E copy(E original, Changes changes) {
        return (E) original.with(changes);
    }
}
