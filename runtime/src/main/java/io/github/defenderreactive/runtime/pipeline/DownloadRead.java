package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.retry.Retry;

/**
 * The read of one object for one subscriber, in as many attempts as it takes. The signals are serial.
 *
 * <p>The digest of the received bytes is both the result and the proof that an object that is read again from its start
 * is the same one.
 */
final class DownloadRead {

    /** Number of consecutive interruptions without a new byte. */
    private static final int MOST_FUTILE_ATTEMPTS = 5;

    /** Fewer, because links have a small quota. */
    private static final int MOST_FUTILE_LINKS = 3;

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Downloads downloads;
    private final Mono<String> links;
    private final Set<String> hosts;
    private final Consumer<? super Download.Progress> listener;

    private @Nullable String link;
    private @Nullable StoredObject object;
    private MessageDigest digest = sha256Digest();
    private MessageDigest repeated = sha256Digest();
    private long received;
    private long toRepeat;
    private boolean changed;
    private boolean rangeRefused;
    private int interruptions;
    private int futileAttempts;
    private int futileLinks;

    DownloadRead(
            Downloads downloads, Mono<String> links, Set<String> hosts, Consumer<? super Download.Progress> listener) {
        this.downloads = downloads;
        this.links = links;
        this.hosts = hosts;
        this.listener = listener;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Flux<ByteBuffer> bytes() {
        return Flux.defer(this::attempt)
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> recovered(signal.failure()))));
    }

    /** Forgets the received bytes, because the object has changed. */
    void startAgain() {
        object = null;
        digest = sha256Digest();
        received = 0;
        changed = false;
        rangeRefused = false;
    }

    long received() {
        return received;
    }

    String sha256() {
        return HexFormat.of().formatHex(copyOf(digest));
    }

    private Flux<ByteBuffer> attempt() {
        StoredObject known = object;
        if (known != null && known.isWhole(received)) {
            return Flux.empty();
        }
        StoredObject.Rest rest = known == null || received == 0 || rangeRefused ? null : known.restFrom(received);
        return Mono.defer(this::currentLink)
                .flatMapMany(current -> downloads.attempt(current, rest, head -> begin(head, rest)))
                .handle(this::accept)
                .concatWith(Flux.defer(this::end));
    }

    private Mono<String> currentLink() {
        String current = link;
        return current != null
                ? Mono.just(current)
                : links.map(text -> allowed(text).link())
                        .doOnNext(fresh -> link = fresh)
                        .switchIfEmpty(Mono.error(() -> refused("The service returned no link to download")));
    }

    private StorageLink allowed(String text) {
        try {
            return StorageLink.of(text).requireAllowed(hosts);
        } catch (IllegalArgumentException e) {
            throw refused("The link was not followed: " + e.getMessage());
        }
    }

    private static ContentException refused(String text) {
        return new ContentException(text, ErrorContext.of(Downloads.OPERATION.id()), null);
    }

    /** Compares the object with the one of the attempts before. */
    private void begin(ResponseHead head, StoredObject.@Nullable Rest rest) {
        StoredObject before = object;
        StoredObject now = StoredObject.of(head);
        repeated = sha256Digest();
        boolean whole = now.offset() == 0;
        toRepeat = whole ? received : 0;
        // The bytes of a whole object are compared, so that one with another tag may continue.
        changed =
                before != null && (whole ? !before.hasSizeOf(now) : now.offset() != received || !before.isSameAs(now));
        if (before == null || whole) {
            object = now;
        }
        // A storage that has ignored a range once does so again.
        rangeRefused |= rest != null && whole;
    }

    private void accept(ByteBuffer buffer, SynchronousSink<ByteBuffer> out) {
        if (changed) {
            out.error(new ChangedSignal());
            return;
        }
        if (toRepeat > 0) {
            int length = (int) Math.min(toRepeat, buffer.remaining());
            repeated.update(buffer.duplicate().limit(buffer.position() + length));
            buffer.position(buffer.position() + length);
            toRepeat -= length;
            if (toRepeat == 0 && !MessageDigest.isEqual(repeated.digest(), copyOf(digest))) {
                out.error(new ChangedSignal());
                return;
            }
        }
        if (buffer.hasRemaining()) {
            digest.update(buffer.duplicate());
            received += buffer.remaining();
            futileAttempts = 0;
            futileLinks = 0;
            listener.accept(new Download.Progress(received, total(), interruptions));
            out.next(buffer);
        }
    }

    private OptionalLong total() {
        StoredObject known = object;
        return known == null ? OptionalLong.empty() : known.total();
    }

    private static byte[] copyOf(MessageDigest digest) {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Flux<ByteBuffer> end() {
        if (changed || toRepeat > 0) {
            return Flux.error(new ChangedSignal());
        }
        StoredObject known = object;
        return known == null || known.total().isEmpty() || known.isWhole(received)
                ? Flux.empty()
                : Flux.error(new ConnectionException(
                        "The download ended after " + received + " of "
                                + known.total().getAsLong() + " bytes",
                        true,
                        ErrorContext.of(Downloads.OPERATION.id()),
                        null));
    }

    /** Emits when the next attempt may begin; fails with the failure if that would not help. */
    private Mono<Long> recovered(Throwable failure) {
        if (!(failure instanceof DefenderException)) {
            return Mono.error(failure);
        }
        interruptions++;
        if (failure instanceof LinkExpiredException || failure instanceof NotFoundException) {
            if (link == null || futileLinks >= MOST_FUTILE_LINKS) {
                // without a link, the failure is that of the request for one
                return Mono.error(failure);
            }
            futileLinks++;
            link = null;
            return Mono.just(0L);
        }
        futileAttempts++;
        if (futileAttempts >= MOST_FUTILE_ATTEMPTS) {
            return Mono.error(failure);
        }
        if (failure instanceof BadRequestException refused && refused.status() == RANGE_NOT_SATISFIABLE) {
            rangeRefused = true;
            return Mono.just(0L);
        }
        // The first request of a link has been retried already.
        return failure instanceof TransientDefenderException && (link != null || received > 0)
                ? downloads.pause(futileAttempts)
                : Mono.error(failure);
    }

    /** Ends an attempt that received another object than the attempts before. */
    static final class ChangedSignal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ChangedSignal() {
            super("The object has changed", null, false, false);
        }

        ContentException failure() {
            return refused("The object in the storage has changed while it was read; download it again");
        }
    }
}
