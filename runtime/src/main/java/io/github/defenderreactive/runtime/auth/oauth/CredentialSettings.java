package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings that all credentials of an authority have in common. Null where a setting is not set. */
record CredentialSettings(
        @Nullable String tenantId,
        @Nullable String clientId,
        @Nullable URI authority,
        @Nullable AuthorityEndpoints endpoints,
        @Nullable Transport transport,
        TokenEndpoint.Version version,
        Clock clock) {

    /** Returns these settings, completed with those of a client. */
    CredentialSettings withDefaults(AuthorityContext client) {
        CredentialSettings filled = withDefaults(client.tenantId(), null, client.authority());
        return new CredentialSettings(
                filled.tenantId,
                filled.clientId,
                filled.authority,
                endpoints,
                transport == null ? client.transport() : transport,
                version,
                clock);
    }

    /** Returns these settings, completed with those of the environment. */
    CredentialSettings withDefaults(@Nullable String tenant, @Nullable String client, @Nullable URI base) {
        return new CredentialSettings(
                tenantId == null && tenant != null ? tenant(tenant) : tenantId,
                clientId == null ? client : clientId,
                authority == null ? base : authority,
                endpoints,
                transport,
                version,
                clock);
    }

    /** Returns a tenant without the blanks and line ends that a file or a variable may have around it. */
    static String tenant(String id) {
        String tenant = GivenText.of(id).strip();
        if (!tenant.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new IllegalArgumentException("tenantId must be an id or a domain name, was \"" + tenant + "\"");
        }
        return tenant;
    }

    /**
     * Checks that no setting is missing.
     *
     * @param others the other missing settings
     * @throws IllegalStateException if a setting is missing; the message names all missing settings
     */
    void require(List<String> others) {
        List<String> missing = new ArrayList<>();
        if (tenantId == null && endpoints == null) {
            missing.add("tenantId");
        }
        if (clientId == null) {
            missing.add("clientId");
        }
        if (transport == null) {
            missing.add("transport");
        }
        missing.addAll(others);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Missing: " + String.join(", ", missing));
        }
    }

    String requiredClientId() {
        require(List.of());
        return Objects.requireNonNull(clientId);
    }

    OAuthClient client(ClientAuthentication authentication) {
        require(List.of());
        URI base = authority == null ? OAuthCredentialBuilder.DEFAULT_AUTHORITY : authority;
        AuthorityEndpoints addresses =
                endpoints == null ? AuthorityEndpoints.of(base, Objects.requireNonNull(tenantId), version) : endpoints;
        TokenEndpoint endpoint = new TokenEndpoint(addresses, version, Objects.requireNonNull(transport), clock);
        return new OAuthClient(requiredClientId(), authentication, endpoint);
    }

    /** Omits settings that a user may not want in a log. */
    @Override
    public String toString() {
        return "CredentialSettings[" + clientId + " in " + tenantId + "]";
    }
}
