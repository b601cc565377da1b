package io.github.defenderreactive.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Hooks;

/** Makes an error that came too late for anybody a failure: Reactor itself only writes a log line, which scares users. */
public final class DroppedErrors {

    private static final ConcurrentLinkedQueue<Throwable> DROPPED = new ConcurrentLinkedQueue<>();

    /** Says where, because some errors have no stack of their own. */
    private static final class Dropped extends Throwable {

        private static final long serialVersionUID = 1L;

        Dropped(Throwable error) {
            super(error.toString(), error);
        }
    }

    private DroppedErrors() {}

    /** Records from now on. */
    public static void install() {
        Hooks.onErrorDropped(error -> DROPPED.add(new Dropped(error)));
    }

    /**
     * Fails if an error was dropped since the last check.
     *
     * @throws AssertionError with each of them
     */
    public static void check() {
        List<Throwable> dropped = collect();
        if (!dropped.isEmpty()) {
            StringWriter text = new StringWriter();
            dropped.forEach(error -> error.printStackTrace(new PrintWriter(text, true)));
            throw new AssertionError(dropped.size() + " dropped error(s):\n" + text);
        }
    }

    /** Drops what a test expects to have been dropped. */
    public static void forget() {
        collect();
    }

    /** Takes what was dropped up to now. */
    public static List<Throwable> collect() {
        List<Throwable> taken = new ArrayList<>();
        for (Throwable error = DROPPED.poll(); error != null; error = DROPPED.poll()) {
            taken.add(error);
        }
        return taken;
    }
}
