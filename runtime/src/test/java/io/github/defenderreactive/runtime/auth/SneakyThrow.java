package io.github.defenderreactive.runtime.auth;

/** Throws anything where nothing is declared, as code in other languages does. */
public final class SneakyThrow {

    private SneakyThrow() {}

    public static RuntimeException of(Throwable thrown) {
        return SneakyThrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
