package io.github.defenderreactive.testing;

import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Tells somebody of each error that travels through Reactor, and of each value that holds a token. */
final class SignalTap<T> implements CoreSubscriber<T> {

    private static final String KEY = "signal-tap";
    private static final String HOLDERS_OF_TOKENS = "io.github.defenderreactive.runtime.auth.";
    private static final int DEEPEST = 10;

    private final CoreSubscriber<? super T> actual;
    private final Consumer<String> texts;

    private SignalTap(CoreSubscriber<? super T> actual, Consumer<String> texts) {
        this.actual = actual;
        this.texts = texts;
    }

    static void install(Consumer<String> texts) {
        Hooks.onLastOperator(
                KEY, Operators.<Object, Object>lift((scannable, actual) -> new SignalTap<>(actual, texts)));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        actual.onSubscribe(subscription);
    }

    @Override
    public void onNext(T value) {
        if (value.getClass().getName().startsWith(HOLDERS_OF_TOKENS)) {
            texts.accept(value.toString());
        }
        actual.onNext(value);
    }

    @Override
    public void onError(Throwable error) {
        int depth = 0;
        for (Throwable at = error; at != null && depth < DEEPEST; at = at.getCause()) {
            texts.accept(at.toString());
            depth++;
        }
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        actual.onComplete();
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }
}
