package io.github.defenderreactive.runtime.auth.managedidentity;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.Variables;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.RetryAfter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token request to the endpoint of a managed identity. */
record ManagedIdentityRequest(
        URI uri,
        Map<String, String> headers,
        Map<String, String> identity,
        boolean metadataService,
        Redaction redaction) {

    /** If this variable is set, the endpoint uses TLS with its own certificate. */
    private static final String SERVER_THUMBPRINT = "IDENTITY_SERVER_THUMBPRINT";

    /** The names of the metadata service that differ from those of the other endpoints. */
    private static final Map<String, String> METADATA_SERVICE_NAMES = Map.of("mi_res_id", "msi_res_id");

    /** Messages of the platform for an identity that is not assigned to the resource. */
    private static final Pattern NO_IDENTITY = Pattern.compile(
            "identity\\W*not\\W*found|identity (?:is|has) not (?:been )?assigned|no identity (?:is |has been )?assigned"
                    + "|no (?:msi|managed identity|azure\\w*identity)\\b.*found|unable to load the proper managed identity",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static ManagedIdentityRequest of(Map<String, String> environment, String resource, Map<String, String> identity) {
        Variables variables = new Variables(environment);
        String endpoint = variables.first(ManagedIdentityCredential.ENDPOINT);
        String header = variables.first(ManagedIdentityCredential.HEADER);
        if (endpoint != null && variables.first(SERVER_THUMBPRINT) != null) {
            throw new CredentialUnavailableException(
                    "The managed identity endpoint at " + redacted(endpoint) + " is of a kind that is not supported: "
                            + SERVER_THUMBPRINT + " is set, as in Service Fabric",
                    ErrorContext.NONE,
                    null);
        }
        if (endpoint != null && header != null) {
            return new ManagedIdentityRequest(
                    address(ManagedIdentityCredential.ENDPOINT, endpoint, "2019-08-01", resource, identity, Map.of()),
                    Map.of("X-IDENTITY-HEADER", header, "Metadata", "true"),
                    identity,
                    false,
                    Redaction.of(List.of(header)));
        }
        if (endpoint != null) {
            throw new CredentialUnavailableException(
                    "The managed identity endpoint at " + redacted(endpoint) + " is of a kind that is not supported: "
                            + ManagedIdentityCredential.HEADER + " is not set, as on a machine managed with Azure Arc",
                    ErrorContext.NONE,
                    null);
        }
        String named = variables.first(ManagedIdentityCredential.METADATA_HOST);
        String host = named == null ? ManagedIdentityCredential.METADATA_SERVICE.toString() : named;
        String base = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        return new ManagedIdentityRequest(
                address(
                        ManagedIdentityCredential.METADATA_HOST,
                        base + "/metadata/identity/oauth2/token",
                        "2018-02-01",
                        resource,
                        identity,
                        METADATA_SERVICE_NAMES),
                Map.of("Metadata", "true"),
                identity,
                true,
                Redaction.NONE);
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
            // reported below
        }
        throw TokenErrors.unusable("No managed identity can be requested at " + redacted(base) + ": the variable "
                + variable + " must hold an address with http:// and a host");
    }

    /** Removes query and user information, which may contain secrets. */
    private static String redacted(String address) {
        return address.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Returns whether a response has the form of the platform, and not of a proxy or another platform. */
    boolean isOfPlatform(@Nullable Map<String, Object> members) {
        return members != null
                && (members.get("error") instanceof String
                        || members.get("access_token") instanceof String
                        || !metadataService
                                && (members.get("error") instanceof Map || members.get("message") instanceof String));
    }

    /** Returns whether the platform reports that the identity does not exist. */
    static boolean saysNoIdentity(@Nullable Map<String, Object> members) {
        return members != null && NO_IDENTITY.matcher(members.toString()).find();
    }

    DefenderException refused(ResponseHead head, @Nullable Map<String, Object> members) {
        int status = head.status();
        ErrorContext context =
                new ErrorContext(null, status, code(members), redaction.id(head.header("x-ms-request-id")), 1);
        String platformMessage = platformMessage(members);
        String words = "The managed identity endpoint at " + this + " responded with " + status
                + (platformMessage == null ? "" : " (" + platformMessage + ")");
        Duration wait = RetryAfter.of(head, Instant.now());
        if (status == 429) {
            return new ThrottledException(words, wait, context);
        }
        // 404 is also returned shortly after the identity was assigned, 410 while the service is being updated
        if (status >= 500 || status == 404 || status == 408 || status == ManagedIdentityCredential.GONE) {
            return new ServiceException(words, wait, context);
        }
        return new AuthenticationException(
                words + ". Check that the resource has the identity, its id where it has several, and the scope",
                context,
                null);
    }

    private @Nullable String code(@Nullable Map<String, Object> members) {
        Object error = members == null ? null : members.get("error");
        Object code = error instanceof Map<?, ?> inner ? inner.get("code") : error;
        return code instanceof String text ? redaction.id(text) : null;
    }

    /** Returns the message of the platform, in the form of either of its services. */
    @Nullable
    String platformMessage(@Nullable Map<String, Object> members) {
        if (members == null) {
            return null;
        }
        Object text = members.get("error_description");
        Object message = text == null ? members.get("message") : text;
        Object inner =
                message == null && members.get("error") instanceof Map<?, ?> error ? error.get("message") : message;
        return inner instanceof String words ? redaction.words(words) : null;
    }

    /** Returns the advice for a missing identity. */
    String advice() {
        return identity.isEmpty()
                ? "This program does not run on a resource that has one, or the resource has several and one must be"
                        + " named"
                : "This program does not run on a resource to which the identity " + identity
                        + " is assigned. Check the id";
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
