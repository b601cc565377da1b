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
 * Chunks of a collection's body in, items out. A chunk is asked for only while an item is wanted and none is complete;
 * after the last wanted item one chunk more, to learn whether the page ends there; behind the last item the rest of the
 * body, so that its connection can be used again.
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
        /** A chunk is under way: the reader belongs to the thread that brings it. */
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
                    // says whether to look again
                }
                missed = wip.addAndGet(-missed);
            } while (missed != 0);
        }

        private boolean look() {
            try {
                return step();
            } catch (Throwable e) {
                collapse(e);
                return false;
            }
        }

        /** What a decoder or a subscriber throws, an error of the JVM included, must leave nobody waiting. */
        private void collapse(Throwable thrown) {
            if (finished) {
                // By the subscriber, when it was told of the end.
                DroppedFailure.report(thrown, actual.currentContext());
                return;
            }
            finished = true;
            ready = null;
            if (!waiting) {
                // Memory may be what is missing. Else a chunk may be on its way in.
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
                // Read before the reader is asked: what arrives in between is looked at in the next round.
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
         * Whether a failure takes nothing from a document that is whole. A checksum that differs does, and bytes that
         * belong to no response.
         */
        private static boolean isOnlyCut(Throwable broken) {
            return broken instanceof ConnectionException cut
                    ? !cut.ambiguous()
                    : broken instanceof CallTimeoutException;
        }

        /** No item is complete. */
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
                    return unreadable(new IllegalStateException("The reader neither ends nor fails with its input"));
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
                // It ended while this round looked; nobody will bring a chunk.
                waiting = false;
                return true;
            }
            Subscription current = chunks;
            if (current != null) {
                current.request(1);
            }
            return true;
        }

        /** A service that reports an error where the items were may break off behind it. */
        private Throwable reportedBefore(Throwable broken) {
            try {
                reader.endOfInput();
                reader.next();
            } catch (ReportedErrorException reported) {
                return reported;
            } catch (JsonException cut) {
                // What broke off says more.
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
