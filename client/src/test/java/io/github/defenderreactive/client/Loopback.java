package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** Clients of a {@link FaultServer}, which is service, authority and storage at once. */
final class Loopback {

    /** In front of the token that the tenant of the path gets. */
    static final String TOKEN = "token-of-";

    private Loopback() {}

    /** Sends tokens when they are requested, and anything else as the function says. */
    static Function<FaultServer.Request, Answer> service(Function<FaultServer.Request, Answer> answers) {
        return request -> request.uri().contains("/oauth2/") ? token(request) : answers.apply(request);
    }

    static Answer token(FaultServer.Request request) {
        return Answer.json("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + TOKEN
                + request.uri().split("/")[1] + "\"}");
    }

    static DefenderClient.Builder builder(FaultServer server) {
        URI root = server.uri("");
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE.withServer(root).withAuthority(root))
                .tenantId("a")
                .clientSecret("client", () -> "geheim")
                .retryPolicy(
                        RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).build());
    }

    static Answer machine(String id) {
        return Answer.json("{\"id\":\"" + id + "\"}");
    }

    /** The id that a path ends with. */
    static String lastOf(FaultServer.Request request) {
        return request.uri().substring(request.uri().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
