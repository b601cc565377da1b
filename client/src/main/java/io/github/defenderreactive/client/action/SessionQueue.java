package io.github.defenderreactive.client.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The live response sessions of a client: one on a device, and a limited number in all. A session that waits sends
 * nothing; those whose device is free begin in the order of their subscription.
 */
final class SessionQueue {

    /**
     * Half of the 50 sessions that the service allows a tenant, and its limit until the end of 2025. The rest is left to
     * other processes and to the portal.
     */
    static final int MOST_SESSIONS = 25;

    private final Scheduler scheduler;

    // guarded by this
    private final Set<Place> waiting = new LinkedHashSet<>();
    private final Set<String> busy = new HashSet<>();

    SessionQueue(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Subscribes to a session when its device and one of the sessions are free. Its end or a cancellation frees them. */
    <T> Flux<T> inTurn(String machineId, Flux<T> session) {
        return Flux.using(
                () -> enter(machineId.toLowerCase(Locale.ROOT)),
                place -> place.begun.asMono().thenMany(session),
                this::leave);
    }

    /** Returns the number of sessions that wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private Place enter(String device) {
        Place place = new Place(device);
        begin(place, true);
        return place;
    }

    private void leave(Place place) {
        begin(place, false);
    }

    private void begin(Place place, boolean enters) {
        List<Place> begun = new ArrayList<>();
        synchronized (this) {
            if (enters) {
                waiting.add(place);
            } else if (!waiting.remove(place)) {
                busy.remove(place.device);
            }
            Iterator<Place> next = waiting.iterator();
            while (busy.size() < MOST_SESSIONS && next.hasNext()) {
                Place candidate = next.next();
                if (busy.add(candidate.device)) {
                    next.remove();
                    begun.add(candidate);
                }
            }
        }
        for (Place ready : begun) {
            // On another stack: a long queue of sessions that fail at once would exhaust this one.
            Disposable unused = scheduler.schedule(ready.begun::tryEmitEmpty);
        }
    }

    /** The place of one session. */
    private static final class Place {

        private final String device;
        private final Sinks.Empty<Void> begun = Sinks.empty();

        Place(String device) {
            this.device = device;
        }
    }
}
