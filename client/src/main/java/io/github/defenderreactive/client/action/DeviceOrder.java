package io.github.defenderreactive.client.action;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The requests of each device, one at a time in the order of their subscription, so that an isolation and a release
 * never overtake each other.
 */
final class DeviceOrder {

    private final Scheduler scheduler;
    private final Map<String, Deque<Turn>> turns = new HashMap<>();

    DeviceOrder(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Subscribes to work when its turn comes. Cancel gives up the place, or the turn once none of its requests is in
     * transit.
     */
    <T> Mono<T> inTurn(String machineId, Function<Turn, Mono<T>> work) {
        return Mono.using(
                () -> enqueue(machineId.toLowerCase(Locale.ROOT)),
                turn -> turn.begun.asMono().then(Mono.defer(() -> work.apply(turn))),
                Turn::release);
    }

    /** Returns the number of devices with requests. */
    int devices() {
        synchronized (turns) {
            return turns.size();
        }
    }

    private Turn enqueue(String device) {
        Turn turn = new Turn(device);
        boolean first;
        synchronized (turns) {
            Deque<Turn> queue = turns.computeIfAbsent(device, key -> new ArrayDeque<>());
            first = queue.isEmpty();
            queue.add(turn);
        }
        if (first) {
            turn.begun.tryEmitEmpty();
        }
        return turn;
    }

    private void leave(Turn turn) {
        Turn next;
        synchronized (turns) {
            Deque<Turn> queue = Objects.requireNonNull(turns.get(turn.device));
            boolean first = queue.peek() == turn;
            queue.remove(turn);
            next = first ? queue.peek() : null;
            if (queue.isEmpty()) {
                turns.remove(turn.device);
            }
        }
        if (next != null) {
            // On another stack: a long queue of requests that fail at once would exhaust this one.
            Disposable unused = scheduler.schedule(next.begun::tryEmitEmpty);
        }
    }

    /** The turn of one request. It ends when the work has ended and none of its calls is in transit. */
    final class Turn {

        private final String device;
        private final Sinks.Empty<Void> begun = Sinks.empty();
        private int holders = 1;

        private Turn(String device) {
            this.device = device;
        }

        /** Returns false if the subscriber has left before the call. */
        private synchronized boolean hold() {
            if (holders == 0) {
                return false;
            }
            holders++;
            return true;
        }

        private void release() {
            boolean last;
            synchronized (this) {
                last = --holders == 0;
            }
            if (last) {
                leave(this);
            }
        }

        /**
         * Returns a call that continues when it is cancelled, because the service may carry it out nevertheless. The
         * turn lasts until its response.
         *
         * @param observer receives the result before the subscriber, which may have left
         * @return the end of the call as a signal, so that a late error is not lost among dropped ones
         */
        <T> Mono<Signal<T>> uninterrupted(Mono<T> call, Consumer<T> observer) {
            return Mono.create(sink -> {
                if (hold()) {
                    Disposable unused = call.doOnNext(observer)
                            .materialize()
                            .doFinally(signal -> release())
                            .contextWrite(sink.contextView())
                            .subscribe(sink::success);
                }
            });
        }
    }
}
