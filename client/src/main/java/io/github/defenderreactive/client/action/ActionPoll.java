package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The poll that all followed actions share: each round is one call of the list, whatever their number. It polls while
 * an action is followed and the next poll of one of them is due. What the list does not show is requested by its id.
 */
final class ActionPoll {

    /** The list shows a new action after some seconds; until then a missing one is not requested by its id. */
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);

    /** An action that is not found for this time does not exist. */
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(2);

    /** Older actions are requested by their ids, so that the list stays short. */
    private static final Duration LISTED_FOR = Duration.ofDays(1);

    private static final int MOST_SINGLE_REQUESTS = 10;
    private static final int SINGLE_CONCURRENCY = 4;

    private final ActionCalls calls;
    private final PollPace pace;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Clock clock;

    private final Object lock = new Object();
    private final Set<Follower> followers = new LinkedHashSet<>();
    private final Disposable.Swap round = Disposables.swap();
    private @Nullable Disposable timer;
    private long timerAt;
    private long earliest;
    private boolean polling;

    ActionPoll(ActionCalls calls, PollPace pace, Scheduler scheduler, LongSupplier nanos, Clock clock) {
        this.calls = calls;
        this.pace = pace;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.clock = clock;
        this.earliest = nanos.getAsLong();
    }

    /** Returns the given state, each change of it, and the final state as the last one. */
    Flux<MachineAction> states(MachineAction current) {
        String id = current.id();
        if (Actions.isFinal(current) || id == null) {
            return Flux.just(current);
        }
        return Flux.<MachineAction>create(
                sink -> {
                    Follower follower = new Follower(id, current, sink);
                    sink.onDispose(() -> remove(follower));
                    sink.next(current);
                    add(follower);
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    int followed() {
        synchronized (lock) {
            return followers.size();
        }
    }

    private void add(Follower follower) {
        synchronized (lock) {
            if (!follower.sink.isCancelled()) {
                followers.add(follower);
                plan();
            }
        }
    }

    private void remove(Follower follower) {
        boolean idle;
        synchronized (lock) {
            followers.remove(follower);
            idle = followers.isEmpty();
            if (idle && timer != null) {
                timer.dispose();
                timer = null;
            }
        }
        if (idle) {
            round.update(null);
        }
    }

    /** Plans the next poll. Called with the lock. */
    private void plan() {
        if (polling || followers.isEmpty()) {
            return;
        }
        long now = nanos.getAsLong();
        long wait = Math.max(earliest - now, 0);
        long due = Long.MAX_VALUE;
        for (Follower follower : followers) {
            due = Math.min(due, follower.due - now);
        }
        wait = Math.max(wait, due);
        if (timer != null) {
            if (timerAt - now <= wait) {
                return;
            }
            timer.dispose();
        }
        timerAt = now + wait;
        timer = scheduler.schedule(this::poll, wait, TimeUnit.NANOSECONDS);
    }

    private void poll() {
        List<Follower> now;
        synchronized (lock) {
            timer = null;
            if (polling || followers.isEmpty()) {
                return;
            }
            polling = true;
            now = new ArrayList<>(followers);
            now.forEach(Follower::planNext);
        }
        BaseSubscriber<Void> subscriber = new BaseSubscriber<>() {};
        round.update(subscriber);
        round(now).doFinally(signal -> polled()).subscribe(subscriber);
    }

    private void polled() {
        synchronized (lock) {
            polling = false;
            earliest = nanos.getAsLong() + pace.apart().toNanos();
            plan();
        }
    }

    private Mono<Void> round(List<Follower> now) {
        Instant oldest = clock.instant().minus(LISTED_FOR);
        Map<String, List<Follower>> byId =
                now.stream().collect(Collectors.groupingBy(follower -> follower.id.toLowerCase(Locale.ROOT)));
        Mono<Void> listed = now.stream()
                .filter(follower -> follower.isListed(oldest))
                .map(follower -> Objects.requireNonNull(follower.last.creationDateTimeUtc()))
                .min(Comparator.naturalOrder())
                .map(since -> calls.createdSince(since)
                        .doOnNext(action -> byId.getOrDefault(
                                        String.valueOf(action.id()).toLowerCase(Locale.ROOT), List.of())
                                .forEach(follower -> follower.show(action)))
                        .then())
                .orElse(Mono.empty());
        return listed.then(Mono.defer(() -> missing(now, oldest))).onErrorResume(error -> {
            // A poll that failed transiently is made up for by the next round.
            if (!(error instanceof TransientDefenderException)) {
                now.forEach(follower -> follower.sink.error(error));
            }
            return Mono.empty();
        });
    }

    /** Requests what the list did not show, the one that was seen the longest time ago first. */
    private Mono<Void> missing(List<Follower> now, Instant oldest) {
        long time = nanos.getAsLong();
        List<Follower> missing = now.stream()
                .filter(follower -> follower.isMissing(oldest, time))
                .sorted(Comparator.comparingLong(follower -> follower.seen - time))
                .limit(MOST_SINGLE_REQUESTS)
                .toList();
        return Flux.fromIterable(missing)
                .flatMap(
                        follower -> calls.get(follower.id)
                                .doOnNext(follower::show)
                                .onErrorResume(error -> follower.notShown(error, time)),
                        SINGLE_CONCURRENCY)
                .then();
    }

    /** One subscriber that follows an action. Its states change in one round at a time. */
    private final class Follower {

        private final String id;
        private final FluxSink<MachineAction> sink;
        private final long begun = nanos.getAsLong();
        private volatile MachineAction last;
        private volatile long seen = begun;
        private volatile boolean shown;
        private boolean wanted;
        private int polls;
        private long due;

        Follower(String id, MachineAction current, FluxSink<MachineAction> sink) {
            this.id = id;
            this.sink = sink;
            this.last = current;
            this.due = begun + pace.nanosBefore(0);
        }

        /** Called with the lock. */
        private void planNext() {
            long now = nanos.getAsLong();
            shown = false;
            wanted = due - now <= 0;
            if (wanted) {
                polls++;
                due = now + pace.nanosBefore(polls);
            }
        }

        private boolean isListed(Instant oldest) {
            Instant created = last.creationDateTimeUtc();
            return created != null && created.isAfter(oldest);
        }

        private boolean isMissing(Instant oldest, long now) {
            boolean visible = now - begun >= VISIBLE_WITHIN.toNanos();
            return wanted && !shown && !Actions.isFinal(last) && (visible || !isListed(oldest));
        }

        private void show(MachineAction action) {
            shown = true;
            seen = nanos.getAsLong();
            if (!Actions.isChanged(last, action) || isOlder(action)) {
                return;
            }
            last = action;
            sink.next(action);
            if (Actions.isFinal(action)) {
                sink.complete();
            }
        }

        /** Replicas of the service may show an earlier state after a later one. */
        private boolean isOlder(MachineAction action) {
            Instant before = Actions.updated(last);
            Instant after = Actions.updated(action);
            return before != null && after != null && after.isBefore(before);
        }

        private Mono<MachineAction> notShown(Throwable error, long now) {
            boolean passes = error instanceof TransientDefenderException
                    || error instanceof NotFoundException && now - seen < UNKNOWN_FOR.toNanos();
            if (!passes) {
                sink.error(error);
            }
            return Mono.empty();
        }
    }
}
