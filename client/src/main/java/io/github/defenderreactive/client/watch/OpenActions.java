package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.client.query.MachineActionFields;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The response actions that changed since a time, which the service cannot filter by. Each poll lists the new actions
 * and the open ones. An action that was open before and is not listed has ended: it is requested by its id.
 *
 * <p>The ids of open actions are those of remembered versions, so they survive a restart. Which of them were open is
 * not stored: the first poll after a restart requests each that it does not list.
 */
final class OpenActions implements PollSource<MachineAction> {

    /** How far the first poll looks back for actions that ended after the start, but were created before it. */
    static final Duration LOOK_BACK = Duration.ofDays(7);

    /** Ids in one filter: with 20 it has fewer than the 100 nodes that OData services accept by default. */
    static final int IDS_OF_A_CALL = 20;

    /**
     * A new action may be missing for some seconds. One that is missing in this many polls in a row no longer exists.
     */
    static final int MOST_MISSES = 10;

    /** An unknown status is not final. */
    private static final Set<MachineActionStatus> FINAL = Set.of(
            MachineActionStatus.SUCCEEDED,
            MachineActionStatus.FAILED,
            MachineActionStatus.TIME_OUT,
            MachineActionStatus.CANCELLED);

    private static final Filter OPEN = MachineActionFields.STATUS
            .eq(MachineActionStatus.PENDING)
            .or(MachineActionFields.STATUS.eq(MachineActionStatus.IN_PROGRESS));

    private final Function<ListMachineActionsQuery, PagedFlux<MachineAction>> list;
    private final @Nullable Filter wanted;
    /** The ids that are followed, with the number of polls in a row that did not find them. */
    private final Map<String, Integer> followed = new ConcurrentHashMap<>();

    private volatile boolean polled;

    OpenActions(Function<ListMachineActionsQuery, PagedFlux<MachineAction>> list, @Nullable Filter wanted) {
        this.list = list;
        this.wanted = wanted;
    }

    @Override
    public boolean isBounded() {
        return false;
    }

    @Override
    public void restored(Progress progress) {
        followed.clear();
        polled = false;
        progress.seen().forEach(version -> followed.put(version.id(), 0));
    }

    @Override
    public boolean retains(String id) {
        return followed.containsKey(id);
    }

    @Override
    public Flux<MachineAction> since(Instant from, Notes notes) {
        return Flux.defer(() -> new Read(from, notes).actions());
    }

    /** One poll. What it finds takes effect when it is complete: until then an ended action may not be delivered. */
    private final class Read {

        private final Instant from;
        private final Notes notes;
        private final Map<String, Boolean> found = new HashMap<>();

        Read(Instant from, Notes notes) {
            this.from = from;
            this.notes = notes;
        }

        Flux<MachineAction> actions() {
            Filter created = MachineActionFields.CREATION_DATE_TIME_UTC.ge(polled ? from : from.minus(LOOK_BACK));
            Filter changing = created.or(OPEN);
            return Flux.concat(listed(wanted == null ? changing : changing.and(wanted)), Flux.defer(this::unlisted))
                    .doOnNext(this::note)
                    .filter(this::isDelivered)
                    .doOnComplete(this::complete);
        }

        private Flux<MachineAction> unlisted() {
            List<String> missing = followed.keySet().stream()
                    .filter(id -> !found.containsKey(id))
                    .toList();
            List<List<String>> calls = new ArrayList<>();
            for (int at = 0; at < missing.size(); at += IDS_OF_A_CALL) {
                calls.add(missing.subList(at, Math.min(missing.size(), at + IDS_OF_A_CALL)));
            }
            return Flux.fromIterable(calls).concatMap(ids -> listed(anyOf(ids)), 0);
        }

        private PagedFlux<MachineAction> listed(Filter filter) {
            return PollSource.noted(
                    list.apply(ListMachineActionsQuery.builder().filter(filter).build()), notes);
        }

        private void note(MachineAction action) {
            String id = action.id();
            if (id != null) {
                found.merge(id, isOpen(action), Boolean::logicalAnd);
            }
        }

        /**
         * Excludes actions that ended before the start of the poll and are listed because the first poll looks back.
         */
        private boolean isDelivered(MachineAction action) {
            String id = action.id();
            Instant updated = action.lastUpdateDateTimeUtc();
            return id == null
                    || updated == null
                    || !updated.isBefore(from)
                    || isOpen(action)
                    || followed.containsKey(id);
        }

        private void complete() {
            followed.replaceAll((id, misses) -> misses + 1);
            followed.values().removeIf(misses -> misses >= MOST_MISSES);
            found.forEach((id, open) -> {
                if (open) {
                    followed.put(id, 0);
                } else {
                    followed.remove(id);
                }
            });
            polled = true;
        }
    }

    private static boolean isOpen(MachineAction action) {
        MachineActionStatus status = action.status();
        return status == null || !FINAL.contains(status);
    }

    /** Combines the conditions side by side, because a filter that nests them is refused when it is deep. */
    private static Filter anyOf(List<String> ids) {
        return Filter.raw(ids.stream()
                .map(id -> MachineActionFields.ID.eq(id).expression())
                .collect(Collectors.joining(" or ")));
    }
}
