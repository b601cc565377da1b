package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.Environment;
import java.net.URI;
import java.util.function.Supplier;

/** Programs for another cloud than the worldwide one, and for its regional hosts. */
final class InAnotherCloud {

    private InAnotherCloud() {}

    static DefenderClient gccHigh(String clientId, Supplier<String> secret) {
        // snippet:cloud
        DefenderClient client = DefenderClient.builder()
                .environment(Environment.GCC_HIGH)
                .tenantId("harbour.example")
                .clientSecret(clientId, secret)
                .build();
        // end
        return client;
    }

    static Environment europe() {
        // snippet:region
        Environment europe = Environment.WORLDWIDE.withBaseUrl(URI.create("https://eu.api.security.microsoft.com"));
        // end
        return europe;
    }
}
