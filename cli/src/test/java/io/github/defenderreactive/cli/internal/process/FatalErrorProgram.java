package io.github.defenderreactive.cli.internal.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/** A program that waits indefinitely for a stream, because an error on a thread of Reactor reaches no subscriber. */
final class FatalErrorProgram {

    private FatalErrorProgram() {}

    /**
     * Runs one case.
     *
     * @param arguments the place of the error
     */
    public static void main(String[] arguments) throws InterruptedException {
        FatalErrors.install();
        Runnable fail = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        switch (arguments[0]) {
            case "elastic" ->
                Mono.fromRunnable(fail).subscribeOn(Schedulers.boundedElastic()).block();
            case "prefetch" ->
                Flux.range(0, 10)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(i -> fail.run())
                        .then()
                        .block();
            case "timer" ->
                Mono.delay(Duration.ofMillis(1)).doOnNext(i -> fail.run()).block();
            case "periodic" ->
                Flux.interval(Duration.ofMillis(1))
                        .doOnNext(i -> fail.run())
                        .then()
                        .block();
            case "dropped" -> {
                Operators.onErrorDropped(new OutOfMemoryError("Java heap space"), reactor.util.context.Context.empty());
                new CountDownLatch(1).await();
            }
            case "thread" -> {
                new Thread(fail).start();
                new CountDownLatch(1).await();
            }
            case "main" -> fail.run();
            case "class" ->
                Mono.fromRunnable(() -> {
                            throw new NoClassDefFoundError("io/netty/util/AttributeKey");
                        })
                        .subscribeOn(Schedulers.boundedElastic())
                        .block();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
