package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.ClientResources;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderClients;
import io.github.defenderreactive.runtime.auth.oauth.AdminConsent;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import java.net.URI;

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
}
