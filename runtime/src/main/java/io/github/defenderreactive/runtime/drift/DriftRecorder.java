package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Listener that counts the differences between responses and the API description: members, types, enum values and
 * union cases that the description does not contain, and members that no response contains. Set it as the call listener
 * of a client, with {@link CallListener.Factory#andThen} if there is another one, and read {@link #report()} at any
 * time. Thread-safe.
 *
 * <p>It examines the generated models that calls decode: entities and items of collections, with all models in them. It
 * does not examine other members of a page, OData annotations such as {@code @odata.etag}, rows of hunting queries, or
 * the files of exports.
 *
 * <p>It stores no values. Of an unknown member it stores the name and JSON types, of an unknown enum value the text if
 * it looks like an identifier: at most 41 letters, digits and underscores, and at most 20 texts of an enum. Names that
 * may be data are stored as {@code ?}: those that are not like identifiers of at most 64 characters, and those of a
 * model with more than 200 different unknown names.
 *
 * <p>The memory is bounded by the maximum number of entries, each of which has less than 10 KB. An item costs a call of
 * each of its accessors by reflection.
 *
 * @since 0.1.0
 */
public final class DriftRecorder implements CallListener.Factory {

    /** Default maximum number of entries: {@value}. */
    public static final int DEFAULT_MAX_ENTRIES = 10_000;

    private final int maxEntries;
    private final Map<DriftKey, DriftCount> counts = new ConcurrentHashMap<>();
    private final LongAdder overflow = new LongAdder();
    private final Map<DriftKey, DriftPresence> presence = new ConcurrentHashMap<>();
    private final ModelWalk walk = new ModelWalk(new ModelWalk.Findings() {
        @Override
        public void found(DriftKey key, DriftCount.Sample sample) {
            DriftCount count = entry(counts, key, DriftCount::new);
            if (count != null) {
                count.add(sample);
            }
        }

        @Override
        public void object(DriftKey key, ModelType type, boolean[] present) {
            DriftPresence objects = entry(presence, key, () -> new DriftPresence(type));
            // Two generated clients may have classes of the same name.
            if (objects != null && objects.type().equals(type)) {
                objects.add(present);
            }
        }
    });

    private DriftRecorder(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /**
     * Creates a recorder of at most {@link #DEFAULT_MAX_ENTRIES} entries.
     *
     * @return a new recorder
     */
    public static DriftRecorder create() {
        return create(DEFAULT_MAX_ENTRIES);
    }

    /**
     * Creates a recorder.
     *
     * @param maxEntries maximum number of differences, and of places with objects, positive;
     *     {@link DriftReport#overflow()} counts what had no entry
     * @return a new recorder
     * @throws IllegalArgumentException if the number is not positive
     */
    public static DriftRecorder create(int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be >= 1, was " + maxEntries);
        }
        return new DriftRecorder(maxEntries);
    }

    @Override
    public CallListener callStarted(OperationInfo operation, ContextView context) {
        return new CallListener() {
            @Override
            public boolean wantsItems() {
                return true;
            }

            @Override
            public void itemDecoded(JsonEncodable item) {
                observe(operation, item);
            }
        };
    }

    /**
     * Counts the differences of one decoded value. Invoked for each item of a call that this recorder listens to.
     *
     * @param operation the operation whose response contained the value
     * @param item a value of a generated class; others are ignored
     */
    public void observe(OperationInfo operation, JsonEncodable item) {
        walk.item(operation, item);
    }

    /**
     * Returns the differences so far.
     *
     * @return an immutable report
     */
    public DriftReport report() {
        List<DriftEntry> entries = new ArrayList<>();
        counts.forEach((key, count) -> entries.add(count.entry(key)));
        presence.forEach((key, objects) -> entries.addAll(objects.entries(key)));
        entries.sort(Comparator.comparing(DriftEntry::api)
                .thenComparing(DriftEntry::operation)
                .thenComparing(DriftEntry::path)
                .thenComparing(DriftEntry::kind)
                .thenComparing(DriftEntry::schema));
        return new DriftReport(entries, overflow.sum());
    }

    /** Returns the entry of a key, or null if there is none and no room for it. */
    private <T> @Nullable T entry(Map<DriftKey, T> entries, DriftKey key, Supplier<T> added) {
        T entry = entries.get(key);
        if (entry == null) {
            synchronized (entries) {
                entry = entries.get(key);
                if (entry == null && entries.size() < maxEntries) {
                    entry = added.get();
                    entries.put(key, entry);
                }
            }
        }
        if (entry == null) {
            overflow.increment();
        }
        return entry;
    }
}
