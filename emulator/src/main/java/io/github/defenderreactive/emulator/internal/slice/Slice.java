package io.github.defenderreactive.emulator.internal.slice;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.List;
import java.util.Map;

/** A group of operations and their state. */
public interface Slice {

    /** Adds the handlers of the operations, by operation id. */
    void register(Map<String, OperationHandler> handlers);

    /** Returns the kinds of items that tests can read and change. */
    default List<Kind> kinds() {
        return List.of();
    }
}
