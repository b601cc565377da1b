package io.github.defenderreactive.cli.internal.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Work that needs a cleanup if it is interrupted, such as the removal of a partial file. A signal that ends the process
 * cancels the work, and the process ends after the cleanup that the cancellation started on other threads.
 */
public final class InterruptibleWork {

    private static final Duration CLEANUP_TIMEOUT = Duration.ofSeconds(2);
    private static final String KEY = "interruption";

    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Phaser cleanups = new Phaser(1);
    private volatile @Nullable Disposable work;

    private InterruptibleWork() {}

    /**
     * Runs work and waits until it terminates.
     *
     * @param work the work; its error is thrown
     */
    public static void block(Mono<?> work) {
        new InterruptibleWork().run(work);
    }

    private void run(Mono<?> mono) {
        try (ShutdownHook hook = new ShutdownHook(this::cancel)) {
            Schedulers.onScheduleHook(KEY, task -> hook.isRunning() ? cleanup(task) : task);
            work = mono.subscribe(done -> {}, ended::completeExceptionally, () -> ended.complete(null));
            // After a cancellation this waits until the process ends.
            ended.join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        } finally {
            Schedulers.resetOnScheduleHook(KEY);
        }
    }

    private void cancel() {
        Disposable running = work;
        if (running == null) {
            return;
        }
        running.dispose();
        try {
            cleanups.awaitAdvanceInterruptibly(cleanups.arrive(), CLEANUP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | TimeoutException e) {
            // The process ends without the rest of the cleanup.
        }
    }

    private Runnable cleanup(Runnable task) {
        cleanups.register();
        return () -> {
            try {
                task.run();
            } finally {
                cleanups.arriveAndDeregister();
            }
        };
    }

    private static RuntimeException unwrapped(CompletionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return failure.getCause() instanceof RuntimeException unchecked ? unchecked : failure;
    }
}
