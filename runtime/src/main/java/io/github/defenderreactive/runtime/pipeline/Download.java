package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * A download that continues after an interruption, and requests another link when the current one has expired.
 *
 * <p>An interrupted download continues with a request for the rest of the object, if the storage has identified the
 * object by a strong {@code ETag} or a {@code Last-Modified} time, and ends after five interruptions in a row without a
 * new byte. A storage that returns the whole object instead is read from its start: the bytes that were received before
 * are compared and dropped. An expired link, and one to an object that does not exist, is replaced by a new one, at most
 * three times in a row without a new byte.
 *
 * <p>Links are followed only to allowed hosts, and no access token is sent. Immutable, thread-safe and cold: each
 * subscription is a download of its own. Returned by {@link Downloads#resumable}.
 *
 * @since 0.1.0
 */
public final class Download {

    /** Number of times that a file is started again because the object has changed. */
    private static final int MOST_CHANGES = 2;

    private final Downloads downloads;
    private final Mono<String> links;
    private final Set<String> hosts;
    private final Consumer<? super Progress> listener;

    Download(Downloads downloads, Mono<String> links, Set<String> hosts, Consumer<? super Progress> listener) {
        this.downloads = downloads;
        this.links = links;
        this.hosts = hosts;
        this.listener = listener;
    }

    /**
     * Allows links to further hosts. A link grants access to data of the tenant, so add only domains of storage that
     * belongs to the service.
     *
     * @param domains names of hosts or domains, in addition to the allowed ones; their subdomains are allowed too
     * @return a download with the same settings otherwise
     * @throws IllegalArgumentException if a domain is not the name of a host
     */
    public Download allowHosts(String... domains) {
        return new Download(downloads, links, StorageLink.withDomains(hosts, domains), listener);
    }

    /**
     * Sets the receiver of the progress, which is called after each buffer, one call at a time, and must not block.
     *
     * @param receiver receives the progress; its exception ends the download
     * @return a download with the same settings otherwise
     */
    public Download onProgress(Consumer<? super Progress> receiver) {
        return new Download(downloads, links, hosts, Objects.requireNonNull(receiver, "receiver"));
    }

    /**
     * Returns the bytes as stored, read on demand.
     *
     * @return emits buffers that are owned by the receiver; completes after the last byte. Fails with the errors of the
     *     links; with {@link LinkExpiredException} or {@link NotFoundException} if new links do not help; with
     *     {@link ContentException} if there is no link, it leads to a host that is not allowed, or the object has changed
     *     after the first byte; with {@link CallTimeoutException} if no byte arrives in time; otherwise with another
     *     {@link DefenderException}. Cancel closes the connection
     */
    public Flux<ByteBuffer> bytes() {
        return Flux.defer(() -> new DownloadRead(downloads, links, hosts, listener).bytes())
                .onErrorMap(DownloadRead.ChangedSignal.class, DownloadRead.ChangedSignal::failure);
    }

    /**
     * Writes the bytes to a file. They are written to a temporary file in the same directory with the suffix
     * {@code .part}, which replaces {@code file} when it is complete, as {@link Downloads#to} does. An object that has
     * changed after the first byte is read again from its start. Cancelling, or a failure, deletes the temporary file.
     *
     * @param file the target file, in an existing directory
     * @return the size and the SHA-256 when the file is complete. Fails as {@link #bytes()} does, and with
     *     {@link ContentException} if the file cannot be written. Cancel closes the connection
     */
    public Mono<Report> to(Path file) {
        Objects.requireNonNull(file, "file");
        return Mono.fromCallable(() -> DownloadTarget.of(file))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(target -> written(new DownloadRead(downloads, links, hosts, listener), target, file))
                .onErrorMap(DownloadRead.ChangedSignal.class, DownloadRead.ChangedSignal::failure);
    }

    private static Mono<Report> written(DownloadRead read, DownloadTarget target, Path file) {
        return DownloadedFile.write(target, Flux.defer(read::bytes))
                .retryWhen(Retry.max(target.isReplaced() ? MOST_CHANGES : 0)
                        .filter(DownloadRead.ChangedSignal.class::isInstance)
                        .doBeforeRetry(changed -> read.startAgain())
                        .onRetryExhaustedThrow((policy, changed) -> changed.failure()))
                .then(Mono.fromSupplier(() -> new Report(file, read.received(), read.sha256())));
    }

    /**
     * The progress of a download. It begins again if the object has changed.
     *
     * @param bytes the number of received bytes, without those that were received again
     * @param totalBytes the size of the object; empty if the storage does not declare it
     * @param interruptions the number of times that the download was interrupted
     * @since 0.1.0
     */
    public record Progress(long bytes, OptionalLong totalBytes, int interruptions) {}

    /**
     * A complete file.
     *
     * @param file the file
     * @param bytes its size
     * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case
     * @since 0.1.0
     */
    public record Report(Path file, long bytes, String sha256) {}
}
