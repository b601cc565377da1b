package io.github.defenderreactive.cli.internal.process;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
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
 * Termination of the process after an error that reaches no subscriber, above all if memory runs out. Reactor throws
 * such an error on the thread where it occurs instead of passing it to a subscriber, so that the thread that waits for
 * the stream would wait indefinitely.
 */
public final class FatalErrors {

    private static final int RESERVE_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static final CountDownLatch OCCURRED = new CountDownLatch(1);
    private static final AtomicReference<@Nullable Throwable> ERROR = new AtomicReference<>();

    /** Encoded in advance, because there may not be enough memory for a better message. */
    private static final byte[] OUT_OF_MEMORY =
            "defender: Out of memory. Increase the heap with -Xmx\n".getBytes(StandardCharsets.US_ASCII);

    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

    /** Memory that is released after an error, so that the process can shut down. */
    private static final AtomicReference<byte @Nullable []> RESERVE = new AtomicReference<>();

    private FatalErrors() {}

    /** Installs the handlers that end this process after a fatal error. */
    public static void install() {
        // The exit needs a thread of its own: it waits for shutdown hooks, and these for the thread that failed.
        // A daemon thread would end silently with the main thread.
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
                LOG.error("An error was dropped because its stream had already terminated", failure);
            }
        });
    }

    /** Loads and links in advance the classes that an error needs, for which there may not be enough memory then. */
    private static void rehearse() {
        Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), new Rehearsal());
        guard(() -> {}).run();
        new ShutdownHook(() -> {}).close();
    }

    /**
     * Returns whether the process is about to end because of an error.
     *
     * @return whether a fatal error has occurred
     */
    public static boolean hasOccurred() {
        return OCCURRED.getCount() == 0;
    }

    /**
     * Returns the error of the JVM that caused a failure, such as an {@link OutOfMemoryError}.
     *
     * @param failure any failure
     * @return the error, or null if the failure has another cause
     */
    public static @Nullable VirtualMachineError virtualMachineError(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof VirtualMachineError error) {
                return error;
            }
            at = at.getCause();
        }
        return null;
    }

    /**
     * Returns a message for the user.
     *
     * @param failure a fatal error
     * @return what failed and what to do
     */
    public static String message(Throwable failure) {
        return failure instanceof OutOfMemoryError
                ? "Out of memory (" + failure.getMessage() + ") with "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB of heap. Increase it, for example with DEFENDER_JAVA_OPTS=-Xmx1g"
                        + " or java -Xmx1g -jar defender.jar"
                : "Unexpected failure: " + failure;
    }

    /** Intercepts fatal errors of a task, which its scheduler would only log. */
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

    /** Ends the process without a new object and without hooks, for which there may not be enough memory. */
    private static void halt() {
        try {
            ERR.write(OUT_OF_MEMORY);
        } catch (IOException unwritable) {
            // The exit code reports the failure as well.
        }
        Runtime.getRuntime().halt(ExitCode.OTHER);
    }

    /** A failure that only loads classes. */
    private static final class Rehearsal extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
