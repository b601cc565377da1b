package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.retry.Backoff;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The read of one file. An interrupted read starts again and skips the lines that were emitted. An expired link is
 * renewed first.
 */
final class FileRead<T extends JsonEncodable> {

    private static final int READ_AHEAD = 1;

    /** Number of consecutive attempts that end without another record. */
    private static final int MAX_FUTILE_ATTEMPTS = 5;

    private static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final ExportSource<T> source;
    private final Downloads downloads;
    private final LinkSource links;
    private final String file;
    private final int index;
    private final @Nullable Consumer<? super UnreadableLine> unreadable;
    private final ExportTally tally;

    // The signals of a file are serial.
    private ExportLinks used;
    private long emittedLine;
    private long reportedLine;
    private int futileAttempts;
    private boolean foundEmpty;

    FileRead(
            ExportSource<T> source,
            LinkSource links,
            ExportLinks received,
            String file,
            int index,
            long processedLines,
            @Nullable Consumer<? super UnreadableLine> unreadable,
            ExportTally tally) {
        this.source = source;
        this.downloads = source.downloads().allowEmpty();
        this.links = links;
        this.used = received;
        this.file = file;
        this.index = index;
        this.emittedLine = processedLines;
        this.unreadable = unreadable;
        this.tally = tally;
    }

    String file() {
        return file;
    }

    /** Returns the position of the file among all files of the export, from 0. */
    int index() {
        return index;
    }

    Flux<Placed<T>> records() {
        return Flux.defer(this::attempt)
                .doOnNext(record -> {
                    emittedLine = record.line();
                    futileAttempts = 0;
                    tally.record();
                })
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> recovered(signal.failure()))))
                .doOnComplete(tally::completed);
    }

    private Flux<Placed<T>> attempt() {
        StorageLink link = used.of(file);
        if (link == null) {
            return Flux.error(ExportRun.snapshotReplaced(source, file, "start again"));
        }
        LineDecoder<T> lines = new LineDecoder<>(
                file,
                source.export().decoder(),
                source.limits(),
                emittedLine,
                unreadable == null ? null : this::unreadable);
        return downloads
                .unpacked(link.link())
                .doOnNext(bytes -> tally.received(bytes.remaining()))
                .concatMapIterable(lines::records, READ_AHEAD)
                .concatWith(Flux.defer(() -> end(lines)));
    }

    /** Reports a line once, although it may be read several times. */
    private void unreadable(UnreadableLine line) {
        if (unreadable != null && line.line() > reportedLine) {
            reportedLine = line.line();
            unreadable.accept(line);
        }
    }

    private Flux<Placed<T>> end(LineDecoder<T> lines) {
        if (!lines.isStarted() && emittedLine == 0) {
            if (!foundEmpty) {
                return Flux.error(new EmptyFileSignal());
            }
            tally.empty(file);
        }
        Iterable<Placed<T>> rest = lines.end();
        return lines.isComplete() ? Flux.fromIterable(rest) : Flux.error(shortened());
    }

    private ConnectionException shortened() {
        return new ConnectionException(
                "The file " + file + " ended before line " + emittedLine + ", which was read before",
                true,
                ErrorContext.of(Downloads.OPERATION.id()),
                null);
    }

    /** Emits when the file can be read again; fails with the failure if that would not help. */
    private Mono<?> recovered(Throwable failure) {
        if (failure instanceof EmptyFileSignal) {
            foundEmpty = true;
            return renewed();
        }
        futileAttempts++;
        if (futileAttempts >= MAX_FUTILE_ATTEMPTS) {
            return Mono.error(failure);
        }
        if (failure instanceof LinkExpiredException || failure instanceof NotFoundException) {
            return renewed();
        }
        // A download with content that is not valid may have been damaged in transit.
        return failure instanceof TransientDefenderException || failure instanceof ContentException
                ? Mono.delay(BACKOFF.delay(
                        futileAttempts, ThreadLocalRandom.current().nextDouble()))
                : Mono.error(failure);
    }

    private Mono<ExportLinks> renewed() {
        return links.other(used).doOnNext(received -> used = received);
    }

    /** Ends an attempt that received no byte with a status of success. */
    private static final class EmptyFileSignal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EmptyFileSignal() {
            super("The file is empty", null, false, false);
        }
    }
}
