package io.github.defenderreactive.cli.internal.streams;

import io.github.defenderreactive.cli.internal.output.FlushedLines;
import io.github.defenderreactive.cli.internal.process.FatalErrors;
import io.github.defenderreactive.cli.internal.process.ShutdownHook;
import io.github.defenderreactive.cli.internal.progress.Progress;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.BufferedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A watch that runs until a signal ends the process. A delivery is acknowledged after its line was flushed.
 * Several acknowledgements may be in progress, so that they share one sync of the disk.
 */
final class StreamWatch {

    static final int MAX_UNACKNOWLEDGED = 64;
    private static final long STOP_TIMEOUT_SECONDS = 20;

    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Progress progress;

    /** Creates a watch. */
    StreamWatch(Progress progress) {
        this.progress = progress;
    }

    <T extends JsonEncodable> void run(Function<WatchOptions, Flux<Delivery<T>>> watch, WatchOptions.Builder options) {
        WatchOptions chosen =
                options.listener(this::report).stopWhen(stop.asMono()).build();
        FlushedLines lines =
                new FlushedLines(new BufferedOutputStream(System.out, 1 << 16), Terminal.isStandardOutput());
        ShutdownHook hook = new ShutdownHook(this::stopGracefully);
        try {
            watch.apply(chosen)
                    .publishOn(Schedulers.boundedElastic(), MAX_UNACKNOWLEDGED)
                    .doOnNext(delivery -> {
                        lines.line(delivery.item());
                        progress.add(1);
                    })
                    .flatMap(delivery -> delivery.acknowledge(), MAX_UNACKNOWLEDGED)
                    .onErrorMap(WatchException.class, ended -> ended.getCause() == null ? ended : ended.getCause())
                    .then()
                    .block();
        } finally {
            ended.countDown();
            hook.close();
        }
    }

    /** Stops the watch. Runs in a shutdown hook, so that the process ends after the last acknowledgement. */
    private void stopGracefully() {
        if (FatalErrors.hasOccurred()) {
            return;
        }
        stop.tryEmitEmpty();
        try {
            if (!ended.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                Messages.print("defender: stopped before all deliveries were acknowledged;"
                        + " the next watch prints the rest again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(WatchEvent event) {
        if (event instanceof WatchEvent.Retrying retrying) {
            print("retrying in " + retrying.delay().toSeconds() + " s: "
                    + retrying.failure().getMessage());
        } else if (event instanceof WatchEvent.Late late) {
            print("item " + late.id() + " of " + late.lastUpdateTime()
                    + " became visible too late for the longest overlap");
        } else if (event instanceof WatchEvent.Stuck stuck) {
            print("no progress for " + stuck.since().toMinutes() + " min: "
                    + stuck.reason().words() + "; unacknowledged: " + stuck.unacknowledged());
        } else if (event instanceof WatchEvent.Irregular row) {
            print("a row cannot be delivered: " + row.problem() + ": " + row.json());
        } else if (event instanceof WatchEvent.Doubted doubted) {
            print("the date " + doubted.date() + " of the service is implausible; expected " + doubted.expected());
        } else if (event instanceof WatchEvent.MovedBack moved) {
            print("the cursor was in the future, at " + moved.from() + "; the watch resumes from " + moved.to());
        } else if (event instanceof WatchEvent.ClockDiffers clock) {
            print("the clock of this computer is " + clock.ahead().abs()
                    + (clock.ahead().isNegative() ? " slower" : " faster") + " than the clock of the service");
        }
    }

    private void print(String text) {
        Messages.print("defender: " + text);
    }
}
