package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One response action. Its state follows from the time since its creation unless it was ended by hand. */
final class MachineAction {

    private final String id;
    private final String type;
    private final int device;
    private final Instant created;
    private final Instant started;
    private final Instant finished;
    private final Map<String, @Nullable Object> request;
    private final List<Map<?, ?>> commands;
    private @Nullable String endedAs;
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

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    int device() {
        return device;
    }

    Instant created() {
        return created;
    }

    int commandCount() {
        return commands.size();
    }

    Map<?, ?> command(int index) {
        return commands.get(index);
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

    synchronized void end(String status, Instant now) {
        endedAs = status;
        ended = now;
    }

    synchronized void cancel(@Nullable String comment, String requestor, Instant now) {
        end("Cancelled", now);
        cancellationComment = comment;
        cancellationRequestor = requestor;
    }

    synchronized Entity entity(Machines machines, Instant now) {
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
                .with("errorHResult", status.equals("Failed") ? -2147024809 : 0)
                .with("scope", request.get("scope"))
                .with("externalId", null)
                .with("requestSource", "PublicApi")
                .with("relatedFileInfo", request.get("relatedFileInfo"))
                .with("commands", commandStates(status))
                .with("troubleshootInfo", null);
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
