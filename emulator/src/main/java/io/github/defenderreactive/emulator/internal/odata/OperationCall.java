package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.rules.ActionEnd;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call.
 *
 * @param path path values by name
 * @param body the checked body, empty for none
 * @param page the path for links: prefix and path, without query
 * @param linkRoot the root of next links
 * @param fault the fault that concerns the operation itself; null for none
 * @param unknownMembers whether the caller prefers values of enumerations that came after unknownFutureValue
 */
public record OperationCall(
        ApiOperation operation,
        Map<String, String> path,
        Query query,
        Map<?, ?> body,
        String root,
        String page,
        String linkRoot,
        @Nullable FaultRule fault,
        boolean unknownMembers,
        String application) {

    /** Returns whether the next link points to the page itself. */
    public boolean loop() {
        return fault != null && fault.kind() == FaultRule.Kind.LOOP;
    }

    /** Returns the end of the response action that the call starts; null for success. */
    public @Nullable ActionEnd actionEnd() {
        return fault == null ? null : fault.end();
    }

    /** Returns the value of the only, or first, path variable. */
    public String id() {
        return path.values().iterator().next();
    }

    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException(operation.id() + " has no path variable " + name);
        }
        return value;
    }

    public @Nullable String text(String member) {
        return body.get(member) instanceof String text ? text : null;
    }

    public String required(String member) {
        String value = text(member);
        if (value == null) {
            throw new Problem(400, "MissingRequiredParameter", "Request body: missing " + member);
        }
        return value;
    }

    public List<String> texts(String member) {
        return body.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
