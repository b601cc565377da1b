package io.github.defenderreactive.emulator;

import java.util.Map;

/** A group of operations and the state behind them. */
interface Slice {

    /** Adds the handlers of the operations, by operation id. */
    void register(Map<String, OperationHandler> handlers);
}
