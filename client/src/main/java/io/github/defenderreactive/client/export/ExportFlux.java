package io.github.defenderreactive.client.export;

import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * The records of all files of an export. Cold: each subscription requests the links and reads the current snapshot.
 *
 * <p>Nothing is requested before the first record is demanded. Several files are downloaded at the same time, without
 * the access token; each is decompressed and decoded while it arrives. When demand ends, at most 32 records of each
 * open file are decoded and reading stops, down to the socket. The records of a file are emitted in their order; those
 * of different files are interleaved. Items are emitted on the event loops of the connections, so a consumer that
 * blocks needs {@code publishOn}. Cancelling closes the connections.
 *
 * <p>A file is identified by the path of its link. When a link has expired, the links are requested again, which counts
 * against the quota of the operation, and the file continues after the last emitted line. A file whose connection
 * breaks or whose content is damaged is read again from its start, and the emitted lines are skipped. A file ends the
 * export after 5 consecutive attempts without another record. A file without a byte is accepted if it still has none
 * after the links were requested again, and is reported in {@link ExportProgress#emptyFiles()}.
 *
 * <p>The service makes another snapshot about every six hours and then links to the new files. An export whose links
 * have to be renewed after that fails with {@link ExportException} and must be started again.
 *
 * <p>Links must use {@code https} and lead to the blob storage of Azure or to a domain of {@link #allowHosts}. The
 * loopback is allowed.
 *
 * <p>Fails with the errors of the operation that returns the links, {@link LinkExpiredException} or a
 * {@link TransientDefenderException} if a file still cannot be read after 5 attempts, {@link ContentException} if its
 * content is damaged, {@link DecodeException} if a line is not a record, and {@link ExportException}. All are
 * {@link DefenderException}s.
 *
 * @param <T> type of the records
 * @since 0.1.0
 */
public final class ExportFlux<T extends JsonEncodable> extends Flux<T> {

    private static final int MAX_CONCURRENCY = 64;

    private final ExportSource<T> source;
    private final ExportOptions options;

    private ExportFlux(ExportSource<T> source, ExportOptions options) {
        this.source = source;
        this.options = options;
    }

    /**
     * Returns the records of an export; for the client.
     *
     * @param export the operation and its records
     * @param request requests the links
     * @param downloads downloads the files
     * @param limits the limits of a record
     * @param <T> type of the records
     * @return the records
     */
    public static <T extends JsonEncodable> ExportFlux<T> of(
            FileExport<T> export, Mono<ExportFilesResponse> request, Downloads downloads, JsonLimits limits) {
        return new ExportFlux<>(new ExportSource<>(export, request, downloads, limits), ExportOptions.DEFAULTS);
    }

    /**
     * Sets the number of files that are downloaded at the same time.
     *
     * @param files from 1 to 64; default 4
     * @return the export with this option
     * @throws IllegalArgumentException if it is out of range
     */
    public ExportFlux<T> concurrency(int files) {
        if (files < 1 || files > MAX_CONCURRENCY) {
            throw new IllegalArgumentException("files must be from 1 to " + MAX_CONCURRENCY + ", was " + files);
        }
        return new ExportFlux<>(source, options.withConcurrency(files));
    }

    /**
     * Starts after the records that a consumer has processed. The export fails with {@link ExportException} if the
     * snapshot of the checkpoint is no longer the current one.
     *
     * @param checkpoint the position; default {@link ExportCheckpoint#start()}
     * @return the export with this option
     */
    public ExportFlux<T> startAt(ExportCheckpoint checkpoint) {
        return new ExportFlux<>(source, options.withStart(Objects.requireNonNull(checkpoint, "checkpoint")));
    }

    /**
     * Sets a listener of the progress. It is invoked for each received buffer and for each completed file, on the event
     * loops of the connections and by one thread at a time. It must not block; an exception fails the export.
     *
     * @param listener receives the progress
     * @return the export with this option
     */
    public ExportFlux<T> onProgress(Consumer<? super ExportProgress> listener) {
        return new ExportFlux<>(source, options.withProgress(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Reports lines that are not a record instead of failing. A line is reported once, on the event loop of its
     * connection; several files can report at the same time.
     *
     * @param listener receives the lines; must not block
     * @return the export with this option
     */
    public ExportFlux<T> onUnreadable(Consumer<? super UnreadableLine> listener) {
        return new ExportFlux<>(source, options.withUnreadable(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Allows links to further hosts. A link grants access to data of the tenant, so add only domains of storage that
     * you trust.
     *
     * @param domains names of hosts or domains; their subdomains are allowed too. They are added to {@code
     *     blob.core.windows.net} and {@code blob.core.usgovcloudapi.net}
     * @return the export with this option
     * @throws IllegalArgumentException if a domain is empty or contains anything but letters, digits, dots and hyphens
     */
    public ExportFlux<T> allowHosts(String... domains) {
        return new ExportFlux<>(source, options.withHosts(StorageLink.withDomains(options.hosts(), domains)));
    }

    /**
     * Returns the records with their places, for checkpoints and to recognise records that are received again after a
     * restart.
     *
     * @return the records; behaves as this export does
     */
    public Flux<Placed<T>> withPlaces() {
        return onDemand(() -> new ExportRun<>(source, options).records());
    }

    /**
     * Returns the export as the bytes of one file, file after file in the order of their paths.
     *
     * @param format the format
     * @return emits buffers that are owned by the receiver; behaves as this export does, with one file at a time
     */
    public Flux<ByteBuffer> encoded(ExportFormat format) {
        return onDemand(() -> {
            RecordEncoder<T> encoder = format.encoder(source.export());
            return Flux.just(encoder.header())
                    .filter(header -> header.length > 0)
                    .concatWith(new ExportRun<>(source, options)
                            .recordsInOrder()
                            .buffer(RecordEncoder.BLOCK)
                            .map(encoder::records))
                    .map(ByteBuffer::wrap);
        });
    }

    /**
     * Writes the export to a file or to files in a directory.
     *
     * @param target the destination and its format
     * @return emits the report when everything is written and in place; fails as this export does, and with
     *     {@link ExportException} if a file cannot be written. A failure or a cancellation leaves existing files of the
     *     target unchanged. Files are written on Reactor's elastic threads
     */
    public Mono<ExportReport> writeTo(ExportTarget target) {
        Objects.requireNonNull(target, "target");
        return Mono.defer(() -> target.write(source, options));
    }

    /** Subscribes when the first item is demanded. */
    private static <R> Flux<R> onDemand(Supplier<Flux<R>> records) {
        return Flux.<R>generate(SynchronousSink::complete).concatWith(Flux.defer(records));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        withPlaces().map(Placed::record).subscribe(actual);
    }
}
