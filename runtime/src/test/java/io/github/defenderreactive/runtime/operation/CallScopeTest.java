package io.github.defenderreactive.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class CallScopeTest {

    private final CallScope scope = CallScope.open();

    @Test
    void shouldRefuseACallAfterTheClose() {
        AtomicBoolean subscribed = new AtomicBoolean();
        Flux<Integer> call = scope.admit(Flux.just(1).doOnSubscribe(subscription -> subscribed.set(true)));
        scope.close();

        StepVerifier.create(call).verifyError(ClientClosedException.class);
        assertThat(subscribed).isFalse();
    }

    @Test
    void shouldBeIdleAfterTheLastCallHasEnded() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(scope.admit(source.flux()))
                .then(scope::close)
                .then(() -> StepVerifier.create(scope.idle(), 0)
                        .expectSubscription()
                        .thenCancel()
                        .verify())
                .then(() -> source.next(1).complete())
                .expectNext(1)
                .verifyComplete();

        StepVerifier.create(scope.idle()).verifyComplete();
    }

    @Test
    void shouldBeIdleAfterACancel() {
        scope.admit(Flux.never()).subscribe().dispose();
        scope.close();

        StepVerifier.create(scope.idle()).verifyComplete();
    }

    @Test
    void shouldEndTheCallsOfAnInnerScopeWithTheOuterOne() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(scope.inner().admit(source.flux()))
                .then(scope::cut)
                .verifyError(ClientClosedException.class);

        source.assertCancelled();
        StepVerifier.create(scope.idle()).verifyComplete();
    }

    @Test
    void shouldEndACallAfterTheItemThatIsEmitted() {
        List<Object> signals = new ArrayList<>();
        scope.admit(Flux.just(1, 2, 3))
                .subscribe(
                        item -> {
                            scope.cut();
                            signals.add(item);
                        },
                        error -> signals.add(error.getClass()));

        assertThat(signals).containsExactly(1, ClientClosedException.class);
    }

    @Test
    void shouldSignalTheErrorOfASourceWhoseSubscriberThrew() {
        IllegalStateException thrown = new IllegalStateException("broken");
        List<Throwable> errors = new ArrayList<>();
        scope.admit(Flux.from(ending())).subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(Integer item) {
                throw thrown;
            }

            @Override
            public void onError(Throwable error) {
                errors.add(error);
            }

            @Override
            public void onComplete() {}
        });

        assertThat(errors).containsExactly(thrown);
    }

    @Test
    void shouldNotEndACallWithAnErrorThatHasItsValue() {
        StepVerifier.create(scope.admit(Mono.just("value")).doOnNext(value -> scope.cut()))
                .expectNext("value")
                .verifyComplete();
    }

    /** Signals to its subscriber what that has thrown, as a stream of pages does. */
    private static Publisher<Integer> ending() {
        return subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                end(subscriber);
            }

            @Override
            public void cancel() {}
        });
    }

    private static void end(Subscriber<? super Integer> subscriber) {
        try {
            subscriber.onNext(1);
        } catch (IllegalStateException e) {
            subscriber.onError(e);
        }
    }
}
