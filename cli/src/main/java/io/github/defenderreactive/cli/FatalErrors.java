package io.github.defenderreactive.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/**
 * Ends the process when an error reaches nobody who could report it, above all when memory runs out. Reactor throws such
 * an error on the thread where it happens instead of passing it to a subscriber, and the thread that waits for the stream
 * would wait indefinitely.
 */
final class FatalErrors {

    private static final int RESERVE_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static final CountDownLatch OCCURRED = new CountDownLatch(1);
    private static final AtomicReference<@Nullable Throwable> ERROR = new AtomicReference<>();

    /** Prepared, because there may be no memory left for a better message. */
    private static final byte[] OUT_OF_MEMORY =
            "defender: Out of memory. Give the JVM more\n".getBytes(StandardCharsets.US_ASCII);

    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

    /** Memory that is given back when there is none, so that the process can end in order. */
    private static final AtomicReference<byte @Nullable []> RESERVE = new AtomicReference<>();

    private FatalErrors() {}

    /** Begins to listen in this process, which it may end from now on. */
    static void install() {
        // A thread of its own, which exists already: exit waits for hooks, and those for the thread that has failed.
        // Not a
        // daemon, which would end silently with the main thread.
        new Thread(FatalErrors::exitOnError, "fatal-error").start();
        RESERVE.set(new byte[RESERVE_BYTES]);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> occurred(failure));
        rehearse();
        Schedulers.onHandleError((thread, failure) -> occurred(failure));
        Schedulers.onScheduleHook("fatal-error", FatalErrors::guard);
        Hooks.onErrorDropped(failure -> {
            if (Exceptions.isJvmFatal(failure)) {
                occurred(failure);
            } else {
                LOG.error("An error came after its stream had ended", failure);
            }
        });
    }

    /** Loads and links now what there may be no memory to load and link then. */
    private static void rehearse() {
        Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), new Rehearsal());
        guard(() -> {}).run();
        new ShutdownHook(() -> {}).close();
    }

    /** Whether the process is about to end because of an error. */
    static boolean hasOccurred() {
        return OCCURRED.getCount() == 0;
    }

    /** The error that ran out of memory, if that is what caused a failure. */
    static @Nullable VirtualMachineError virtualMachineError(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof VirtualMachineError error) {
                return error;
            }
            at = at.getCause();
        }
        return null;
    }

    /** What failed and what to do about it. */
    static String message(Throwable failure) {
        return failure instanceof OutOfMemoryError
                ? "Out of memory (" + failure.getMessage() + ") with "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB of heap. Give the JVM more, for example: java -Xmx1g -jar defender.jar"
                : "Unexpected failure: " + failure;
    }

    /** A scheduler keeps what a task throws to itself. A fatal error ends here, or the scheduler would log it. */
    private static Runnable guard(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable failure) {
                if (!Exceptions.isJvmFatal(failure)) {
                    throw failure;
                }
                occurred(failure);
            }
        };
    }

    private static void occurred(Throwable failure) {
        if (!(failure instanceof Rehearsal) && ERROR.compareAndSet(null, failure)) {
            RESERVE.set(null);
            OCCURRED.countDown();
        }
    }

    private static void exitOnError() {
        try {
            OCCURRED.await();
            String text = "defender: " + Terminal.escaped(message(Objects.requireNonNull(ERROR.get()))) + "\n";
            ERR.write(text.getBytes(StandardCharsets.UTF_8));
            System.exit(ExitCode.OTHER);
        } catch (Throwable unreportable) {
            halt();
        }
    }

    /** Without another object: there may be no memory for one, and then no hook can run either. */
    private static void halt() {
        try {
            ERR.write(OUT_OF_MEMORY);
        } catch (IOException unwritable) {
            // The exit code says it as well.
        }
        Runtime.getRuntime().halt(ExitCode.OTHER);
    }

    /** Not an error. */
    private static final class Rehearsal extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
