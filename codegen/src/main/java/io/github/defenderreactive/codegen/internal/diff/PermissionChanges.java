package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.List;

/** Finds changes of permissions, of which a caller needs one. */
final class PermissionChanges {

    private final Comparison comparison;
    private final OperationDescription old;
    private final OperationDescription now;
    private final String name;
    private final Pointer place;

    PermissionChanges(Comparison comparison, OperationDescription old, OperationDescription now, String name) {
        this.comparison = comparison;
        this.old = old;
        this.now = now;
        this.name = name;
        this.place = now.element().place().child("x-defender-permissions");
    }

    void find() {
        boolean was = isNeeded(old);
        boolean is = isNeeded(now);
        if (was != is) {
            List<String> permissions = new ArrayList<>(was ? old.application() : now.application());
            permissions.addAll(was ? old.delegated() : now.delegated());
            add(
                    is ? "permission-needed" : "permission-not-needed",
                    is ? Verdict.BEHAVIOUR : Verdict.COMPATIBLE,
                    is
                            ? name + " needs " + String.join(" or ", permissions) + ", before no permission"
                            : name + " needs no permission, before " + String.join(" or ", permissions));
            return;
        }
        compare("application", old.application(), now.application());
        compare("delegated", old.delegated(), now.delegated());
    }

    private static boolean isNeeded(OperationDescription operation) {
        return !operation.application().isEmpty() || !operation.delegated().isEmpty();
    }

    private void compare(String kind, List<String> before, List<String> after) {
        Pairs pairs = Pairs.of(before, after);
        String added = String.join(" or ", pairs.added());
        String removed = String.join(" or ", pairs.removed());
        if (!added.isEmpty() && !removed.isEmpty()) {
            add(
                    "permission-replaced",
                    Verdict.BEHAVIOUR,
                    name + " needs the " + kind + " permission " + added + ", before " + removed);
        } else if (!added.isEmpty()) {
            add(
                    "permission-added",
                    Verdict.COMPATIBLE,
                    name + " may also be called with the " + kind + " permission " + added);
        } else if (!removed.isEmpty()) {
            add(
                    "permission-removed",
                    Verdict.BEHAVIOUR,
                    name + " may no longer be called with the " + kind + " permission " + removed);
        }
    }

    private void add(String change, Verdict verdict, String text) {
        comparison.add(change, place, List.of(name), List.of(name), verdict, text);
    }
}
