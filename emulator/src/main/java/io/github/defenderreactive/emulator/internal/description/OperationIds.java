package io.github.defenderreactive.emulator.internal.description;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids that name operations in faults, stubs and the journal: those of the descriptions, and of the login service.
 */
public final class OperationIds {

    private static final int SUGGESTIONS = 3;

    private static final class All {
        private static final Set<String> IDS = new TreeSet<>();

        static {
            Description.load().operations().forEach(operation -> IDS.add(operation.id()));
            IDS.addAll(EndpointIds.SIGN_IN);
            IDS.add(EndpointIds.DOWNLOAD);
        }
    }

    private OperationIds() {}

    /**
     * Checks ids.
     *
     * @throws IllegalArgumentException naming the first that is not known, and the nearest ones
     */
    public static Set<String> known(String... ids) {
        Set<String> all = new LinkedHashSet<>();
        for (String id : ids) {
            if (!All.IDS.contains(id)) {
                throw new IllegalArgumentException("operation must be the id of an operation, was '" + id
                        + "'; the nearest are " + String.join(", ", nearest(id)));
            }
            all.add(id);
        }
        return all;
    }

    private static List<String> nearest(String id) {
        String given = id.toLowerCase(Locale.ROOT);
        return All.IDS.stream()
                .sorted(Comparator.comparingInt(known -> EditDistance.between(given, known.toLowerCase(Locale.ROOT))))
                .limit(SUGGESTIONS)
                .toList();
    }
}
