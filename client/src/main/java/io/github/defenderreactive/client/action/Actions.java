package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Facts of one action. */
final class Actions {

    /** Latest last. Actions without a time come first. */
    static final Comparator<MachineAction> BY_CREATION =
            Comparator.comparing(MachineAction::creationDateTimeUtc, Comparator.nullsFirst(Comparator.naturalOrder()));

    private Actions() {}

    static boolean isFinal(MachineAction action) {
        MachineActionStatus status = action.status();
        return status != null && status.isFinal();
    }

    static @Nullable Instant updated(MachineAction action) {
        Instant time = action.lastUpdateDateTimeUtc();
        return time != null ? time : action.lastUpdateTimeUtc();
    }

    /** Returns whether a state differs from an earlier one; descriptive members are ignored. */
    static boolean isChanged(MachineAction before, MachineAction after) {
        return !Objects.equals(before.status(), after.status())
                || !Objects.equals(updated(before), updated(after))
                || !before.commands().equals(after.commands());
    }

    static String shown(MachineAction action) {
        return "Action " + action.id() + " (" + action.type() + ") on device " + action.machineId();
    }
}
