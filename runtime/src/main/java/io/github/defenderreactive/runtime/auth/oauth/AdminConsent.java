package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the administrator of a customer lets an application of a partner in: the page to open, and what its answer says. The
 * application must be registered for accounts of any organisation, and the redirect address with it. Afterwards tokens are
 * asked for in the customer's tenant, with the partner's own credential.
 *
 * <p>Immutable. Rests on the service's page <i>Partner access through Microsoft Defender for Endpoint APIs</i>.
 *
 * @since 0.1.0
 */
public final class AdminConsent {

    /** The page finds out the tenant by who signs in. */
    public static final String ANY_TENANT = "organizations";

    private final URI authority;
    private final String tenant;
    private final String clientId;
    private final URI redirectUri;

    private AdminConsent(URI authority, String tenant, String clientId, URI redirectUri) {
        this.authority = authority;
        this.tenant = tenant;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /**
     * A consent to be given by any organisation of the worldwide cloud.
     *
     * @param clientId the partner's application (client) id
     * @param redirectUri where the page sends the administrator afterwards, as registered
     * @return the consent
     */
    public static AdminConsent of(String clientId, URI redirectUri) {
        return new AdminConsent(
                OAuthCredentialBuilder.DEFAULT_AUTHORITY,
                ANY_TENANT,
                Objects.requireNonNull(clientId, "clientId"),
                Objects.requireNonNull(redirectUri, "redirectUri"));
    }

    /**
     * The same in another cloud.
     *
     * @param base the base address of its authority
     * @return the consent
     */
    public AdminConsent at(URI base) {
        return new AdminConsent(Objects.requireNonNull(base, "base"), tenant, clientId, redirectUri);
    }

    /**
     * The same by one organisation.
     *
     * @param id the customer's tenant id or domain name
     * @return the consent
     * @throws IllegalArgumentException if it holds other characters than letters, digits, {@code .} and {@code -}
     */
    public AdminConsent in(String id) {
        return new AdminConsent(authority, CredentialSettings.tenant(id), clientId, redirectUri);
    }

    /**
     * The page for the administrator to open.
     *
     * @param state comes back with the answer and ties it to this question; nobody else may guess it
     * @return the address
     */
    public URI page(String state) {
        return URI.create(TokenEndpoint.base(authority, tenant) + "/adminconsent?client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(redirectUri.toString()) + "&state=" + encoded(state));
    }

    /**
     * Reads the answer.
     *
     * @param callback the address at which the administrator came back, with its query
     * @param state what {@link #page} was given
     * @return the id of the tenant that consented
     * @throws AuthenticationException if consent was not given, or the answer belongs to another question
     */
    public String consentingTenant(URI callback, String state) {
        Map<String, List<String>> answer = new QueryStringDecoder(callback).parameters();
        String came = first(answer, "state");
        if (came == null
                || !MessageDigest.isEqual(
                        came.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8))) {
            throw TokenErrors.unusable("No consent: the answer belongs to another question, for its state differs");
        }
        String consenting = first(answer, "tenant");
        if (consenting == null || !"true".equalsIgnoreCase(first(answer, "admin_consent"))) {
            throw TokenErrors.notConsented(first(answer, "error"), first(answer, "error_description"));
        }
        return consenting;
    }

    private static @Nullable String first(Map<String, List<String>> answer, String name) {
        List<String> values = answer.get(name);
        return values == null || values.get(0).isEmpty() ? null : values.get(0);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AdminConsent[" + clientId + " in " + tenant + "]";
    }
}
