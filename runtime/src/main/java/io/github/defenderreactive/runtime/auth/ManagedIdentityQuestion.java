package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the platform, and whom. */
record ManagedIdentityQuestion(
        URI uri, Map<String, String> headers, boolean metadataService, TokenEndpoint.Hiding hide) {

    /** The metadata service has another name for it than the rest of the platform. */
    private static final Map<String, String> METADATA_SERVICE_NAMES = Map.of("mi_res_id", "msi_res_id");

    static ManagedIdentityQuestion of(Map<String, String> environment, String resource, Map<String, String> identity) {
        String endpoint = environment.get(ManagedIdentityCredential.ENDPOINT);
        String header = environment.get(ManagedIdentityCredential.HEADER);
        if (endpoint != null && header != null) {
            return new ManagedIdentityQuestion(
                    address(ManagedIdentityCredential.ENDPOINT, endpoint, "2019-08-01", resource, identity, Map.of()),
                    Map.of("X-IDENTITY-HEADER", header, "Metadata", "true"),
                    false,
                    new TokenEndpoint.Hiding(List.of(header)));
        }
        if (endpoint != null) {
            throw new CredentialUnavailableException(
                    "The managed identity endpoint at " + endpoint + " is of a kind that is not supported: "
                            + ManagedIdentityCredential.HEADER + " is not set, as on a machine managed with Azure Arc",
                    ErrorContext.NONE,
                    null);
        }
        String host = environment.getOrDefault(
                ManagedIdentityCredential.METADATA_HOST, ManagedIdentityCredential.METADATA_SERVICE.toString());
        String base = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        return new ManagedIdentityQuestion(
                address(
                        ManagedIdentityCredential.METADATA_HOST,
                        base + "/metadata/identity/oauth2/token",
                        "2018-02-01",
                        resource,
                        identity,
                        METADATA_SERVICE_NAMES),
                Map.of("Metadata", "true"),
                true,
                TokenEndpoint.Hiding.NOTHING);
    }

    private static URI address(
            String variable,
            String base,
            String version,
            String resource,
            Map<String, String> identity,
            Map<String, String> names) {
        StringBuilder out = new StringBuilder(base)
                .append(base.indexOf('?') < 0 ? '?' : '&')
                .append("api-version=")
                .append(version)
                .append("&resource=")
                .append(encoded(resource));
        identity.forEach((name, value) -> out.append('&')
                .append(names.getOrDefault(name, name))
                .append('=')
                .append(encoded(value)));
        try {
            URI uri = new URI(out.toString());
            if (uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw TokenErrors.unusable("No managed identity can be asked at " + base + ": the variable " + variable
                + " must hold an address with http:// and a host");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    DefenderException refused(ResponseHead head, @Nullable Map<String, Object> members) {
        int status = head.status();
        String error = members != null && members.get("error") instanceof String code ? code : null;
        ErrorContext context = new ErrorContext(null, status, error, head.header("x-ms-request-id"), 1);
        String said = said(members);
        String words = "The managed identity endpoint at " + this + " answered " + status
                + (said == null ? "" : " (" + said + ")");
        if (status == 429) {
            return new ThrottledException(words, null, context);
        }
        // 404 also means that the identity was assigned a moment ago, 410 that the service is being updated
        if (status >= 500 || status == 404 || status == 408 || status == ManagedIdentityCredential.GONE) {
            return new ServiceException(words, null, context);
        }
        return new AuthenticationException(
                words + ". Check that the resource has the identity, its id where it has several, and the scope",
                context,
                null);
    }

    private @Nullable String said(@Nullable Map<String, Object> members) {
        if (members == null) {
            return null;
        }
        Object text = members.get("error_description");
        Object message = text == null ? members.get("message") : text;
        return message instanceof String words ? TokenErrors.firstLine(hide.in(words)) : null;
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
