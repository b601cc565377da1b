package io.github.defenderreactive.client.watch;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Passes everything on; what it runs at a request may throw. */
record ThrowingRequests<T>(Subscriber<? super T> actual, Runnable atRequest) implements CoreSubscriber<T> {

    @Override
    public void onSubscribe(Subscription upstream) {
        actual.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                atRequest.run();
                upstream.request(n);
            }

            @Override
            public void cancel() {
                upstream.cancel();
            }
        });
    }

    @Override
    public void onNext(T item) {
        actual.onNext(item);
    }

    @Override
    public void onError(Throwable error) {
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        actual.onComplete();
    }
}
