package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.ClientResources;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.transport.HttpProxy;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.util.function.Supplier;

/** Clients behind a proxy. */
final class ThroughAProxy {

    private ThroughAProxy() {}

    static DefenderClient ofTheEnvironment(String clientId, Supplier<String> secret) {
        // tag::system-proxy[]
        DefenderClient client = DefenderClient.builder()
                .transportOptions(TransportOptions.builder().systemProxy().build())
                .tenantId("harbour.example")
                .clientSecret(clientId, secret)
                .build();
        // end::system-proxy[]
        return client;
    }

    static ClientResources withCredentials(Supplier<String> password) {
        // tag::proxy[]
        HttpProxy proxy = HttpProxy.parse("http://proxy.example:3128").withCredentials("quay", password);
        ClientResources resources =
                ClientResources.create(TransportOptions.builder().proxy(proxy).build());
        // end::proxy[]
        return resources;
    }
}
