package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.ClientResources;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderClients;
import io.github.defenderreactive.client.TenantSignal;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.runtime.auth.oauth.AdminConsent;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import java.net.URI;
import java.util.Set;
import reactor.core.publisher.Flux;

/** Clients of a partner for the tenants of its customers. */
final class ForManyTenants {

    private static final String APPLICATION = "00000000-0000-0000-0000-000000000000";

    private ForManyTenants() {}

    static URI consentPage(String state) {
        // tag::consent[]
        AdminConsent consent = AdminConsent.of(APPLICATION, URI.create("https://partner.harbour.example/consented"));
        URI page = consent.page(state);
        // end::consent[]
        return page;
    }

    static String consented(AdminConsent consent, URI callback, String state) {
        // tag::consented[]
        String customer = consent.consentingTenant(callback, state);
        // end::consented[]
        return customer;
    }

    static DefenderClient customer(ClientResources resources, String customer, ClientCertificate certificate) {
        // tag::customer[]
        DefenderClients clients = DefenderClients.over(
                resources, tenant -> DefenderClient.builder().clientCertificate(APPLICATION, certificate));
        DefenderClient client = clients.of(customer);
        // end::customer[]
        return client;
    }

    // tag::every-tenant[]
    static Flux<String> alertsOfEveryTenant(DefenderClients clients, Flux<Set<String>> customers) {
        return clients.each(customers, (tenant, client) -> client.alerts().list())
                .map(signal -> signal.tenantId() + ": "
                        + (signal instanceof TenantSignal.Item<Alert> item
                                ? item.value().title()
                                : "cannot be read"));
    }
    // end::every-tenant[]
}
