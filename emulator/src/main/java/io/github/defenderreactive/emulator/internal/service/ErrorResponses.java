package io.github.defenderreactive.emulator.internal.service;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The error responses of the service, in the form of the API that the call is for. */
final class ErrorResponses {

    private final long seed;
    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();

    ErrorResponses(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** Returns a new id of a request. */
    String requestId() {
        return Seeded.uuid(seed, requests.incrementAndGet(), 95);
    }

    ServiceResponse refusal(Problem problem, ServedApi api) {
        Map<String, String> headers = new LinkedHashMap<>(problem.headers());
        headers.put("Content-Type", "application/json; charset=utf-8");
        return new ServiceResponse(
                problem.status(),
                headers,
                ResponseBody.of(error(api, problem.status(), problem.code(), problem.text())));
    }

    /** Returns the response of a fault: its own body, or an error of the form of the endpoint. */
    ServiceResponse fault(FaultRule fault, Target target) {
        int status = fault.status();
        if (fault.headers().containsKey("Content-Type") || status < 400) {
            return new ServiceResponse(status, fault.headers(), ResponseBody.of(Values.utf8(fault.body())));
        }
        Map<String, String> headers = new LinkedHashMap<>(fault.headers());
        headers.put("Content-Type", "application/json");
        byte[] body = EndpointIds.SIGN_IN.contains(target.id())
                ? loginError(status)
                : error(
                        target.api(),
                        status,
                        fault.code() == null ? code(status) : fault.code(),
                        message(fault.message()));
        return new ServiceResponse(status, headers, ResponseBody.of(body));
    }

    private static String message(@Nullable String given) {
        return given == null ? "A fault of the emulator" : given;
    }

    private byte[] error(ServedApi api, int status, String code, String message) {
        return api.error(status, code, message, requestId(), clock.instant());
    }

    private static byte[] loginError(int status) {
        return Values.bytes(new Entity()
                .with("error", status < 500 && status != 429 ? "invalid_request" : "temporarily_unavailable")
                .with("error_description", "AADSTS90033: A transient error has occurred. Please try again."));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "ResourceNotFound";
            case 429 -> "429";
            case 500 -> "InternalServerError";
            default -> Integer.toString(status);
        };
    }
}
