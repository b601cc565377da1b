package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DroppedFailure;
import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.ReportedErrorException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Decodes the chunks of the body of a collection into items. A chunk is requested only if there is demand and no item
 * is complete. After the last requested item, one more chunk is requested to detect the end of the page; after the last
 * item, the rest of the body is read so that the connection can be reused.
 */
final class EnvelopeFlux<T> extends Flux<T> {

    private final Flux<ByteBuffer> body;
    private final PageProgress<T> progress;
    private final EnvelopeReader<T> reader;

    EnvelopeFlux(Flux<ByteBuffer> body, PageProgress<T> progress, EnvelopeReader<T> reader) {
        this.body = body;
        this.progress = progress;
        this.reader = reader;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        body.subscribe(new Decoding<>(actual, this));
    }

    private static final class Decoding<T> implements CoreSubscriber<ByteBuffer>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final PageProgress<T> progress;
        private final EnvelopeReader<T> reader;

        private final AtomicInteger wip = new AtomicInteger();
        private final AtomicLong requested = new AtomicLong();

        private volatile @Nullable Subscription chunks;
        /** True while a chunk is awaited. The reader may then only be used by the thread that delivers it. */
        private volatile boolean waiting;

        private volatile boolean bodyEnded;
        private volatile @Nullable Throwable bodyFailure;
        private volatile boolean cancelled;

        private long emitted;
        private @Nullable T ready;
        private boolean lookedAhead = true;
        private boolean inputEnded;
        private boolean finished;

        Decoding(CoreSubscriber<? super T> actual, EnvelopeFlux<T> source) {
            this.actual = actual;
            this.progress = source.progress;
            this.reader = source.reader;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(chunks, subscription)) {
                chunks = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            if (!cancelled) {
                try {
                    reader.feed(chunk);
                } catch (Throwable e) {
                    bodyFailure = e;
                    stopChunks();
                }
            }
            waiting = false;
            drain();
        }

        @Override
        public void onError(Throwable error) {
            bodyFailure = error;
            waiting = false;
            drain();
        }

        @Override
        public void onComplete() {
            progress.markBodyRead();
            bodyEnded = true;
            waiting = false;
            drain();
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                requested.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            stopChunks();
            drain();
        }

        private void stopChunks() {
            Subscription current = chunks;
            if (current != null) {
                current.cancel();
            }
        }

        private void drain() {
            if (wip.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                while (!finished && !waiting && look()) {
                    // step() returns whether to continue
                }
                missed = wip.addAndGet(-missed);
            } while (missed != 0);
        }

        private boolean look() {
            try {
                return step();
            } catch (Throwable e) {
                failUnexpectedly(e);
                return false;
            }
        }

        /**
         * Ends the stream with what a decoder or a subscriber has thrown, including errors of the JVM, so that no
         * subscriber waits indefinitely.
         */
        private void failUnexpectedly(Throwable thrown) {
            if (finished) {
                // Thrown by the subscriber from its terminal signal.
                DroppedFailure.report(thrown, actual.currentContext());
                return;
            }
            finished = true;
            ready = null;
            if (!waiting) {
                // Memory may be exhausted. The reader is released only if no chunk is being fed.
                reader.release();
            }
            if (inputEnded) {
                progress.markTruncated();
            }
            try {
                stopChunks();
            } catch (Throwable another) {
                DroppedFailure.report(another, actual.currentContext());
            }
            actual.onError(thrown);
        }

        private boolean step() {
            if (cancelled) {
                finished = true;
                Operators.onDiscard(ready, actual.currentContext());
                ready = null;
                return false;
            }
            T item = ready;
            if (item == null) {
                // Read before the reader is polled: input that arrives in between is handled in the next iteration.
                boolean ended = bodyEnded;
                Throwable broken = bodyFailure;
                item = reader.next();
                if (item == null) {
                    return starved(ended, broken);
                }
            }
            if (emitted == requested.get()) {
                ready = item;
                return false;
            }
            ready = null;
            emitted++;
            lookedAhead = false;
            progress.markEmitted();
            actual.onNext(item);
            return true;
        }

        /**
         * Returns whether a failure does not affect a complete document. A wrong checksum and unexpected bytes do
         * affect it.
         */
        private static boolean isOnlyCut(Throwable broken) {
            return broken instanceof ConnectionException cut
                    ? !cut.ambiguous()
                    : broken instanceof CallTimeoutException;
        }

        /** Handles the case that no item is complete. */
        private boolean starved(boolean ended, @Nullable Throwable broken) {
            if (reader.ended() && (ended || broken != null && isOnlyCut(broken))) {
                finished = true;
                progress.setEnvelope(reader.envelope());
                actual.onComplete();
                return false;
            }
            if (broken != null) {
                finished = true;
                actual.onError(reportedBefore(broken));
                return false;
            }
            if (ended) {
                if (inputEnded) {
                    return unreadable(
                            new IllegalStateException("The reader neither ended nor failed at the end of the input"));
                }
                inputEnded = true;
                reader.endOfInput();
                return true;
            }
            boolean wanted = emitted != requested.get();
            if (!wanted && !reader.itemsEnded()) {
                if (lookedAhead) {
                    return false;
                }
                lookedAhead = true;
            }
            waiting = true;
            if (bodyEnded || bodyFailure != null) {
                // The body ended during this iteration, so no further chunk will arrive.
                waiting = false;
                return true;
            }
            Subscription current = chunks;
            if (current != null) {
                current.request(1);
            }
            return true;
        }

        /**
         * Returns the error that the service reported in place of items, because the response may be truncated after
         * it.
         */
        private Throwable reportedBefore(Throwable broken) {
            try {
                reader.endOfInput();
                reader.next();
            } catch (ReportedErrorException reported) {
                return reported;
            } catch (JsonException cut) {
                // The connection error is more specific.
            }
            return broken;
        }

        private boolean unreadable(Throwable error) {
            finished = true;
            stopChunks();
            if (inputEnded) {
                progress.markTruncated();
            }
            actual.onError(error);
            return false;
        }
    }
}
