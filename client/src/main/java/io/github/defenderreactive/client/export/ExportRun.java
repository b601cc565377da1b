package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The read of an export for one subscriber. */
final class ExportRun<T extends JsonEncodable> {

    /** Number of records of one file that are decoded ahead of the demand. */
    private static final int READ_AHEAD = 32;

    private final ExportSource<T> source;
    private final ExportOptions options;
    private final ExportTally tally;
    private final LinkSource links;

    ExportRun(ExportSource<T> source, ExportOptions options) {
        this.source = source;
        this.options = options;
        this.tally = new ExportTally(options.progress());
        this.links = new LinkSource(source.request().map(response -> {
            tally.linksReceived();
            return ExportLinks.of(response, options.hosts(), source.operationId());
        }));
    }

    /** Returns the records of all files. */
    Flux<Placed<T>> records() {
        return files().flatMapMany(files -> Flux.fromIterable(files)
                .flatMap(FileRead::records, Math.min(options.concurrency(), Math.max(1, files.size())), READ_AHEAD));
    }

    /** Returns the records of all files, file after file in the order of their paths. */
    Flux<Placed<T>> recordsInOrder() {
        return files().flatMapMany(files -> Flux.fromIterable(files).concatMap(FileRead::records, 1));
    }

    /** Returns the files that the checkpoint does not contain, in the order of their paths. */
    Mono<List<FileRead<T>>> files() {
        return links.other(null).map(received -> {
            requireSnapshot(received);
            List<FileRead<T>> files = received.files().stream()
                    .filter(file -> !options.start().isCompleted(file))
                    .map(file -> read(file, received))
                    .toList();
            tally.begin(received.files().size(), received.files().size() - files.size());
            return files;
        });
    }

    private void requireSnapshot(ExportLinks received) {
        String missing = options.start().missing(received.files());
        if (missing != null) {
            throw replaced(missing, "start again without the checkpoint");
        }
    }

    private FileRead<T> read(String file, ExportLinks received) {
        return new FileRead<>(
                source,
                links,
                received,
                file,
                received.files().headSet(file).size(),
                options.start().lines(file),
                unreadable(),
                tally);
    }

    private @Nullable Consumer<UnreadableLine> unreadable() {
        Consumer<? super UnreadableLine> listener = options.unreadable();
        return listener == null
                ? null
                : line -> {
                    tally.unreadable();
                    listener.accept(line);
                };
    }

    private ExportException replaced(String file, String remedy) {
        return snapshotReplaced(source, file, remedy);
    }

    static ExportException snapshotReplaced(ExportSource<?> source, String file, String remedy) {
        return new ExportException(
                "The export no longer contains the file " + file
                        + ": the service has made another snapshot, or this is another export; " + remedy,
                source.operationId());
    }

    ExportProgress progress() {
        return tally.progress();
    }
}
