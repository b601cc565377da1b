package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.exchange.CallLog;
import io.github.defenderreactive.emulator.internal.exchange.Exchange;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The control endpoint: data, clock and faults of an emulator for tests in other processes and languages. Its token is
 * the only authorization, its calls are not part of the journal.
 */
final class Control {

    /** The begin of its paths, below which no API has one. */
    static final String PATH = "/_emulator";

    private static final String BEARER = "Bearer ";

    private final DefenderService service;
    private final byte[] token;

    Control(DefenderService service, String token) {
        this.service = service;
        this.token = Values.utf8(token);
    }

    /** Handles a request to the control endpoint or, if its path is another one, to the service. */
    Exchange exchange(ServiceRequest request) {
        if (!request.path().equals(PATH) && !request.path().startsWith(PATH + "/")) {
            return service.exchange(request);
        }
        ServiceResponse response = respond(request);
        return new Exchange(
                response, new CallLog().begin(service.clock().now(), request.method(), request.path(), "", true), null);
    }

    private ServiceResponse respond(ServiceRequest request) {
        String header = request.header("authorization");
        if (header == null
                || !header.startsWith(BEARER)
                || !MessageDigest.isEqual(token, Values.utf8(header.substring(BEARER.length())))) {
            return error(401, "The control endpoint needs the header 'Authorization: Bearer ' and the control token");
        }
        try {
            List<String> path = Arrays.stream(
                            request.path().substring(PATH.length()).split("/"))
                    .filter(part -> !part.isEmpty())
                    .map(Query::decodePath)
                    .toList();
            String resource = path.isEmpty() ? "" : path.get(0);
            return switch (resource) {
                case "data" -> data(request, path);
                case "clock" -> clock(request, path);
                case "faults" -> faults(request, path);
                case "hunting" -> hunting(request, path);
                default -> error(404, "The control endpoint has data, clock, faults and hunting below " + PATH);
            };
        } catch (UnsupportedOperationException e) {
            return error(405, request.method() + " is not supported by " + request.path());
        } catch (RuntimeException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private ServiceResponse data(ServiceRequest request, List<String> path) {
        boolean unknown = request.query().equals("unknown=true");
        Tenant tenant = unknown ? service.tenant().allowingUnknown() : service.tenant();
        if (path.size() == 1) {
            return route(request, Map.of("GET", body -> ok(value(List.copyOf(tenant.kinds())))));
        }
        TenantItems items = tenant.items(path.get(1));
        if (path.size() == 2) {
            return route(
                    request,
                    Map.of(
                            "GET", body -> ok(value(items.list())),
                            "POST", body -> json(201, new Entity().with("id", items.add(body)))));
        }
        String id = path.get(2);
        return route(
                request,
                Map.of(
                        "GET", body -> ok(items.get(id)),
                        "PATCH",
                                body -> {
                                    items.update(id, body);
                                    return none();
                                },
                        "DELETE",
                                body -> {
                                    items.remove(id);
                                    return none();
                                }));
    }

    private ServiceResponse clock(ServiceRequest request, List<String> path) {
        requireLast(path);
        EmulatorClock clock = service.clock();
        return route(
                request,
                Map.of(
                        "GET", body -> ok(new Entity().with("now", clock.now())),
                        "POST",
                                text -> {
                                    ControlBody body = ControlBody.of(text, "advance", "setTime");
                                    if (body.has("setTime")) {
                                        clock.setTime(body.time("setTime"));
                                    }
                                    if (body.has("advance")) {
                                        clock.advance(body.duration("advance"));
                                    }
                                    return ok(new Entity().with("now", clock.now()));
                                }));
    }

    private ServiceResponse faults(ServiceRequest request, List<String> path) {
        requireLast(path);
        Faults faults = service.faults();
        return route(
                request,
                Map.of(
                        "GET", body -> ok(new Entity().with("fired", faults.fired())),
                        "POST",
                                body -> {
                                    faults.add(fault(ControlBody.of(
                                            body,
                                            "fault",
                                            "on",
                                            "fromCall",
                                            "times",
                                            "onEachPath",
                                            "status",
                                            "code",
                                            "message",
                                            "retryAfter",
                                            "bytes",
                                            "bytesPerSecond",
                                            "delay",
                                            "root",
                                            "errorHResult")));
                                    return none();
                                },
                        "DELETE",
                                body -> {
                                    faults.clear();
                                    return none();
                                }));
    }

    private ServiceResponse hunting(ServiceRequest request, List<String> path) {
        requireLast(path);
        return route(request, Map.of("POST", text -> {
            ControlBody body = ControlBody.of(text, "query", "columns", "rows");
            if (body.has("columns")) {
                service.tenant().hunting(body.text("query"), body.texts("columns"), body.list("rows"));
            } else {
                service.tenant().hunting(body.text("query"), body.list("rows"));
            }
            return none();
        }));
    }

    /** Returns a fault that is named as its factory method is, with parameters of the same names. */
    private static Fault fault(ControlBody body) {
        String name = body.text("fault");
        Fault fault = switch (name) {
            case "status" -> status(body);
            case "throttled" -> Fault.throttled(body.duration("retryAfter"));
            case "html" -> Fault.html();
            case "garbage" -> Fault.garbage();
            case "resetBeforeHeaders" -> Fault.resetBeforeHeaders();
            case "responseLost" -> Fault.responseLost();
            case "activeRequest" -> Fault.activeRequest();
            case "actionEnds" ->
                Fault.actionEnds(body.text("status"), body.has("errorHResult") ? body.whole("errorHResult") : 0);
            case "linkExpired" -> Fault.linkExpired();
            case "huntingTooLarge" -> Fault.huntingTooLarge();
            case "resetAfter" -> Fault.resetAfter(body.whole("bytes"));
            case "truncatedAfter" -> Fault.truncatedAfter(body.whole("bytes"));
            case "stalledAfter" -> Fault.stalledAfter(body.whole("bytes"));
            case "paced" -> Fault.paced(body.whole("bytesPerSecond"));
            case "delayed" -> Fault.delayed(body.duration("delay"));
            case "loopedNextLink" -> Fault.loopedNextLink();
            case "foreignNextLink" -> Fault.foreignNextLink(URI.create(body.text("root")));
            default -> throw new IllegalArgumentException("fault must be the name of a fault, was '" + name + "'");
        };
        if (body.has("on")) {
            fault = fault.on(body.list("on").stream().map(String::valueOf).toArray(String[]::new));
        }
        if (body.has("fromCall")) {
            fault = fault.fromCall(body.whole("fromCall"));
        }
        if (body.has("times")) {
            fault = fault.times(body.whole("times"));
        }
        return body.isTrue("onEachPath") ? fault.onEachPath() : fault;
    }

    private static Fault status(ControlBody body) {
        Fault fault = Fault.status(body.whole("status"));
        return body.has("code") || body.has("message") ? fault.error(body.text("code"), body.text("message")) : fault;
    }

    private static void requireLast(List<String> path) {
        if (path.size() > 1) {
            throw new IllegalArgumentException("Nothing is below " + PATH + "/" + path.get(0));
        }
    }

    private static ServiceResponse route(
            ServiceRequest request, Map<String, Function<String, ServiceResponse>> methods) {
        Function<String, ServiceResponse> method = methods.get(request.method());
        if (method == null) {
            throw new UnsupportedOperationException();
        }
        return method.apply(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static Entity value(List<?> list) {
        return new Entity().with("value", list);
    }

    private static ServiceResponse ok(Object value) {
        return json(200, value);
    }

    private static ServiceResponse none() {
        return new ServiceResponse(204, Map.of(), ResponseBody.of(new byte[0]));
    }

    private static ServiceResponse error(int status, String message) {
        return json(status, new Entity().with("error", new Entity().with("message", message)));
    }

    private static ServiceResponse json(int status, @Nullable Object value) {
        return new ServiceResponse(
                status, Map.of("Content-Type", "application/json"), ResponseBody.of(Values.bytes(value)));
    }
}
