package io.github.defenderreactive.samples.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps, in two files for each phase, the start of the last complete run and of the run in progress. */
final class RunStore {

    private static final Duration FIRST_RANGE = Duration.ofDays(30);

    private final Path folder;

    RunStore(Path folder) {
        this.folder = folder;
    }

    /** Starts a run, or continues the run that did not complete. */
    Mono<Run> begin(String phase, Clock clock) {
        return Mono.fromCallable(() -> {
                    Path running = folder.resolve(phase + ".running");
                    if (!Files.exists(running)) {
                        Path draft = Files.writeString(
                                folder.resolve(phase + ".draft"),
                                clock.instant().toString());
                        Files.move(draft, running, StandardCopyOption.ATOMIC_MOVE);
                    }
                    Instant began = Instant.parse(Files.readString(running));
                    return new Run(lastComplete(phase, began.minus(FIRST_RANGE)), began);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Completes the run in progress. */
    Mono<Void> complete(String phase) {
        return Mono.fromCallable(() -> Files.move(
                        folder.resolve(phase + ".running"),
                        folder.resolve(phase + ".complete"),
                        StandardCopyOption.ATOMIC_MOVE))
                .subscribeOn(Schedulers.boundedElastic())
                .then();
    }

    private Instant lastComplete(String phase, Instant first) throws IOException {
        try {
            return Instant.parse(Files.readString(folder.resolve(phase + ".complete")));
        } catch (NoSuchFileException firstRun) {
            return first;
        }
    }
}
