package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.rules.ActionEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A response action. Its state follows from the time since its creation unless it was ended explicitly. Given members
 * replace computed ones.
 */
public final class MachineAction {

    /** The members that are set when an action ends. */
    private static final Set<String> OF_THE_END = Set.of(
            "status",
            "lastUpdateDateTimeUtc",
            "errorHResult",
            "cancellationRequestor",
            "cancellationComment",
            "cancellationDateTimeUtc");

    private static final int E_INVALIDARG = 0x80070057;

    private final String id;
    private final String type;
    private final int device;
    private final Instant created;
    private final Instant started;
    private final Instant finished;
    private final Map<String, @Nullable Object> request;
    private final List<Map<?, ?>> commands;
    private final Map<String, @Nullable Object> given = new LinkedHashMap<>();
    private @Nullable String endedAs;
    private int errorHResult;
    private @Nullable Instant ended;
    private @Nullable String cancellationComment;
    private @Nullable String cancellationRequestor;

    MachineAction(
            String id,
            String type,
            int device,
            Instant created,
            Instant started,
            Instant finished,
            Map<String, @Nullable Object> request,
            List<Map<?, ?>> commands) {
        this.id = id;
        this.type = type;
        this.device = device;
        this.created = created;
        this.started = started;
        this.finished = finished;
        this.request = request;
        this.commands = commands;
    }

    public String id() {
        return id;
    }

    synchronized String type() {
        return given.get("type") instanceof String other ? other : type;
    }

    int device() {
        return device;
    }

    Instant created() {
        return created;
    }

    /** Returns the commands of a live response, given ones or those of the request. */
    synchronized List<Map<?, ?>> commands() {
        if (!given.containsKey("commands")) {
            return commands;
        }
        List<Map<?, ?>> all = new ArrayList<>();
        if (given.get("commands") instanceof List<?> results) {
            for (Object result : results) {
                all.add(Values.member(result, "command") instanceof Map<?, ?> command ? command : Map.of());
            }
        }
        return all;
    }

    /** Returns whether a command of a live response has completed, by the given result or by that of the session. */
    synchronized boolean isCompleted(int index, Instant now) {
        return given.get("commands") instanceof List<?> results
                ? "Completed".equals(Values.member(results.get(index), "commandStatus"))
                : commandStatus(status(now)).equals("Completed");
    }

    /** Replaces computed members. A status is kept until the action ends otherwise. */
    public synchronized void give(Map<String, @Nullable Object> members, Instant now) {
        if (members.get("status") instanceof String status) {
            end(status, now);
        }
        given.putAll(members);
    }

    synchronized String status(Instant now) {
        if (endedAs != null && ended != null && !now.isBefore(ended)) {
            return endedAs;
        }
        if (now.isBefore(started)) {
            return "Pending";
        }
        return now.isBefore(finished) ? "InProgress" : "Succeeded";
    }

    boolean active(Instant now) {
        String status = status(now);
        return status.equals("Pending") || status.equals("InProgress");
    }

    public void end(String status, Instant now) {
        end(new ActionEnd(status, errorOf(status)), now);
    }

    /** Ends the action at a time, which may be ahead. */
    synchronized void end(ActionEnd end, Instant time) {
        given.keySet().removeAll(OF_THE_END);
        endedAs = end.status();
        errorHResult = end.errorHResult();
        ended = time;
    }

    /** Returns the usual error code of a status: an invalid argument for a failure. */
    static int errorOf(String status) {
        return status.equals("Failed") ? E_INVALIDARG : 0;
    }

    synchronized void cancel(@Nullable String comment, String requestor, Instant now) {
        end("Cancelled", now);
        cancellationComment = comment;
        cancellationRequestor = requestor;
    }

    public synchronized Entity entity(Machines machines, Instant now) {
        String status = status(now);
        Instant cancelled = "Cancelled".equals(endedAs) ? ended : null;
        return new Entity()
                .with("id", id)
                .with("type", type)
                .with("title", null)
                .with("requestor", request.get("requestor"))
                .with("requestorComment", request.get("requestorComment"))
                .with("status", status)
                .with("machineId", machines.id(device))
                .with("computerDnsName", machines.name(device))
                .with("creationDateTimeUtc", created)
                .with("lastUpdateDateTimeUtc", lastUpdate(status))
                .with("cancellationRequestor", cancellationRequestor)
                .with("cancellationComment", cancellationComment)
                .with("cancellationDateTimeUtc", cancelled)
                .with("errorHResult", status.equals(endedAs) ? errorHResult : 0)
                .with("scope", request.get("scope"))
                .with("externalId", null)
                .with("requestSource", "PublicApi")
                .with("relatedFileInfo", request.get("relatedFileInfo"))
                .with("commands", commandStates(status))
                .with("troubleshootInfo", null)
                .withAll(given);
    }

    private Instant lastUpdate(String status) {
        return switch (status) {
            case "Pending" -> created;
            case "InProgress" -> started;
            default -> ended == null ? finished : ended;
        };
    }

    private List<Entity> commandStates(String status) {
        return IntStream.range(0, commands.size())
                .mapToObj(index -> new Entity()
                        .with("index", index)
                        .with("startTime", status.equals("Pending") ? null : started)
                        .with("endTime", status.equals("Succeeded") ? finished : null)
                        .with("commandStatus", commandStatus(status))
                        .with("errors", List.of())
                        .with("command", commands.get(index)))
                .toList();
    }

    private static String commandStatus(String status) {
        return switch (status) {
            case "Succeeded" -> "Completed";
            case "Failed", "TimeOut" -> "Failed";
            default -> "Created";
        };
    }
}
