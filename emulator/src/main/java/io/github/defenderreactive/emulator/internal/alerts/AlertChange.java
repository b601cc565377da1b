package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert by an analyst, through any API.
 *
 * @param members new values by their names in the Defender for Endpoint API
 * @param comment to be added, or null
 * @param author the caller that changes it
 */
public record AlertChange(
        Map<String, @Nullable Object> members, @Nullable String comment, String author) {

    static AlertChange of(OperationCall call, List<String> settable) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String member : settable) {
            if (call.body().containsKey(member)) {
                members.put(member, call.body().get(member));
            }
        }
        return new AlertChange(members, call.text("comment"), call.application());
    }

    public void apply(Alerts alerts, AlertRow row, Instant time) {
        Object resolvedBefore = row.get("resolvedTime");
        alerts.change(row.index(), changes -> {
            changes.putAll(members);
            if (comment != null) {
                // Generated alerts have none of their own, so that the changed ones are all there are.
                changes.put("comments", withComment(changes.get("comments"), comment, author, time));
            }
            Object status = members.get("status");
            if (status != null) {
                changes.put(
                        "resolvedTime",
                        !status.equals("Resolved") ? null : resolvedBefore == null ? time : resolvedBefore);
            }
            changes.put("lastUpdateTime", time);
            return changes;
        });
    }

    public static List<Object> withComment(@Nullable Object before, String comment, String author, Instant time) {
        List<Object> comments = new ArrayList<>();
        if (before instanceof List<?> old) {
            comments.addAll(old);
        }
        comments.add(
                new Entity().with("comment", comment).with("createdBy", author).with("createdTime", time));
        return List.copyOf(comments);
    }
}
