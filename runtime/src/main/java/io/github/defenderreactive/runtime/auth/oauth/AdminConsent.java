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
 * The consent of a customer's administrator to an application of a partner: the page to open, and the result it
 * returns. The application must be registered for accounts of any organisation, and with the redirect address. After
 * the consent, tokens are requested in the customer's tenant with the partner's credential.
 *
 * <p>Immutable. See the service's page <i>Partner access through Microsoft Defender for Endpoint APIs</i>.
 *
 * @since 0.1.0
 */
public final class AdminConsent {

    /** The tenant is determined by the account that signs in. */
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
     * Creates a consent for any organisation in the worldwide cloud.
     *
     * @param clientId the partner's application (client) id
     * @param redirectUri the address to which the page redirects the administrator, as registered
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
     * Returns this consent for another cloud.
     *
     * @param base the base address of its authority
     * @return the consent
     */
    public AdminConsent at(URI base) {
        return new AdminConsent(Objects.requireNonNull(base, "base"), tenant, clientId, redirectUri);
    }

    /**
     * Returns this consent for one organisation.
     *
     * @param id the customer's tenant id or domain name
     * @return the consent
     * @throws IllegalArgumentException if the id contains characters other than letters, digits, {@code .} and
     *     {@code -}
     */
    public AdminConsent in(String id) {
        return new AdminConsent(authority, CredentialSettings.tenant(id), clientId, redirectUri);
    }

    /**
     * Returns the address of the page that the administrator opens.
     *
     * @param state an unguessable value that is returned with the result and ties it to this request
     * @return the address
     */
    public URI page(String state) {
        return URI.create(TokenEndpoint.base(authority, tenant) + "/adminconsent?client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(redirectUri.toString()) + "&state=" + encoded(state));
    }

    /**
     * Reads the result.
     *
     * @param callback the address to which the administrator was redirected, with its query
     * @param state the state passed to {@link #page}
     * @return the id of the tenant that consented
     * @throws AuthenticationException if consent was not given, or the result belongs to another request
     */
    public String consentingTenant(URI callback, String state) {
        Map<String, List<String>> result = new QueryStringDecoder(callback).parameters();
        String receivedState = first(result, "state");
        if (receivedState == null
                || !MessageDigest.isEqual(
                        receivedState.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8))) {
            throw TokenErrors.unusable("No consent: the state of the result is not that of the request");
        }
        String consenting = first(result, "tenant");
        if (consenting == null || !"true".equalsIgnoreCase(first(result, "admin_consent"))) {
            throw TokenErrors.notConsented(first(result, "error"), first(result, "error_description"));
        }
        return consenting;
    }

    private static @Nullable String first(Map<String, List<String>> result, String name) {
        List<String> values = result.get(name);
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
