package io.github.defenderreactive.runtime.observation;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.time.Duration;
import java.util.function.Consumer;

/** Two listeners to the same call. The second one is notified even if the first one throws an exception. */
final class TwoListeners implements CallListener {

    private final CallListener first;
    private final CallListener second;
    private final boolean firstWantsItems;
    private final boolean secondWantsItems;

    private TwoListeners(CallListener first, CallListener second) {
        this.first = first;
        this.second = second;
        this.firstWantsItems = first.wantsItems();
        this.secondWantsItems = second.wantsItems();
    }

    static CallListener of(CallListener first, CallListener second) {
        if (first == NONE) {
            return second;
        }
        return second == NONE ? first : new TwoListeners(first, second);
    }

    @Override
    public void permitRequested(int waiting) {
        tell(told -> told.permitRequested(waiting));
    }

    @Override
    public void permitGranted(Duration waited) {
        tell(told -> told.permitGranted(waited));
    }

    @Override
    public void tokenReady(Duration waited) {
        tell(told -> told.tokenReady(waited));
    }

    @Override
    public void attemptStarted(int number) {
        tell(told -> told.attemptStarted(number));
    }

    @Override
    public void responseStarted(int status, long length) {
        tell(told -> told.responseStarted(status, length));
    }

    @Override
    public void bytesReceived(int bytes) {
        tell(told -> told.bytesReceived(bytes));
    }

    @Override
    public boolean wantsItems() {
        return firstWantsItems || secondWantsItems;
    }

    @Override
    public void itemDecoded(JsonEncodable item) {
        try {
            if (firstWantsItems) {
                first.itemDecoded(item);
            }
        } finally {
            if (secondWantsItems) {
                second.itemDecoded(item);
            }
        }
    }

    @Override
    public void attemptEnded(AttemptSummary attempt) {
        tell(told -> told.attemptEnded(attempt));
    }

    @Override
    public void callEnded(CallSummary call) {
        tell(told -> told.callEnded(call));
    }

    private void tell(Consumer<CallListener> event) {
        try {
            event.accept(first);
        } finally {
            event.accept(second);
        }
    }
}
