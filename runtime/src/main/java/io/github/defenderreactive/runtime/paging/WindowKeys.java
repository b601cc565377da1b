package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids of delivered rows that a window still open can bring again, each with its tick: those of the page being
 * delivered, of the tick at the edge where it ended, and of windows that were split. The ids of a whole read would not fit
 * in memory; these do.
 */
final class WindowKeys<T> implements PageIdentity<T> {

    private final PagePlan<T> plan;
    private final @Nullable Function<? super T, @Nullable String> key;
    private final Function<? super T, @Nullable Instant> time;
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Long> current = new HashMap<>();
    private TimeWindow window;
    private boolean unkeyed;

    WindowKeys(PagePlan<T> plan, Function<? super T, @Nullable Instant> time, PageTarget first) {
        this.plan = plan;
        this.key = plan.call().operation().key();
        this.time = time;
        this.window = first.windows().get(0);
    }

    @Override
    public boolean admit(T item) {
        Instant at = time.apply(item);
        if (at == null || !window.holds(at)) {
            throw plan.strayed(window);
        }
        String id = key == null ? null : key.apply(item);
        if (id == null || id.isEmpty()) {
            unkeyed = true;
            return true;
        }
        return !before.containsKey(id) && current.putIfAbsent(id, TimeWindow.tick(at)) == null;
    }

    @Override
    public boolean resumable() {
        return !unkeyed;
    }

    /** Windows shrink with every full page, so none leads in a circle. */
    @Override
    public boolean stale() {
        return false;
    }

    @Override
    public void repeatPage() {
        // the ids tell
    }

    @Override
    public void restartPage() {
        current.clear();
        unkeyed = false;
    }

    /** Rows of live data may go at any time. */
    @Override
    public @Nullable PagingException missing() {
        return null;
    }

    @Override
    public void endPage(@Nullable PageTarget following) {
        List<TimeWindow> open = following == null ? List.of() : following.windows();
        before.putAll(current);
        before.values().removeIf(tick -> open.stream().noneMatch(left -> left.holds(tick)));
        restartPage();
        if (!open.isEmpty()) {
            window = open.get(0);
        }
    }
}
