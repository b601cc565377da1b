package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderEnvironment;
import java.net.URI;
import java.util.function.Supplier;

/** Clients for other clouds and for regional hosts. */
final class InAnotherCloud {

    private InAnotherCloud() {}

    static DefenderClient gccHigh(String clientId, Supplier<String> secret) {
        // tag::cloud[]
        DefenderClient client = DefenderClient.builder()
                .environment(DefenderEnvironment.GCC_HIGH)
                .tenantId("harbour.example")
                .clientSecret(clientId, secret)
                .build();
        // end::cloud[]
        return client;
    }

    static DefenderEnvironment europe() {
        // tag::region[]
        DefenderEnvironment europe =
                DefenderEnvironment.WORLDWIDE.withBaseUrl(URI.create("https://eu.api.security.microsoft.com"));
        // end::region[]
        return europe;
    }
}
