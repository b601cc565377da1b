package io.github.defenderreactive.client.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The ids of the latest actions that the service has returned. An action that was known before a request was sent is
 * not the result of this request, even if it has the same comment.
 */
final class KnownActions {

    /** Several times as many as the quota allows within the difference of clocks. */
    private static final int MOST = 4_096;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    /** Adds an id. Returns false if it is known. */
    boolean add(String id) {
        return ids.add(id);
    }

    boolean contains(String id) {
        return ids.contains(id);
    }
}
