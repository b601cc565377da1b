package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Permissions;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a response that is no success to the error of its meaning: by status first, by code where one status has two or the
 * status says nothing.
 */
final class StatusMapping {

    private static final String ACTIVE_REQUEST = "ActiveRequestAlreadyExists";
    private static final String TOKEN_ROLES = "application roles:";
    private static final List<String> REQUEST_ID_HEADERS =
            List.of("request-id", "x-ms-request-id", "client-request-id");

    /** Codes by which the service says that a collection is empty, or that there is no such entity. */
    private static final Set<String> NONE = Set.of("notfound", "resourcenotfound");

    /** Codes that say that the tenant has no instance of the service. */
    private static final Set<String> NOT_PROVISIONED = Set.of("hostnotfound", "tenantdeploymentnotfound");

    private final OperationInfo operation;
    private final Clock clock;
    private final Supplier<String> denial;
    private final Redaction redaction;

    /**
     * From responses to one operation.
     *
     * @param denial the likely cause of a 403, or an empty text when nothing is known
     * @param redaction takes out of the words of the response what was sent
     */
    StatusMapping(OperationInfo operation, Clock clock, Supplier<String> denial, Redaction redaction) {
        this.operation = operation;
        this.clock = clock;
        this.denial = denial;
        this.redaction = redaction;
    }

    /** Whether a response says in the service's own words that there is nothing. */
    static boolean isNone(ResponseHead head, ErrorBody body) {
        return head.status() == 404 && body.ofTheService() && NONE.contains(lower(body.code()));
    }

    /** The error of a response; of one whose status is a success, the error that its body reports. */
    DefenderException error(ResponseHead head, ErrorBody body) {
        ErrorContext context = new ErrorContext(operation.id(), head.status(), body.code(), requestId(head, body), 0);
        int status = head.status() >= 200 && head.status() < 300 ? statusOf(body.code()) : head.status();
        if (status >= 500) {
            return new ServiceException(
                    said("The service failed", head, body) + provisioning(body),
                    RetryAfter.of(head, clock.instant()),
                    context);
        }
        if (status < 400) {
            return new BadRequestException(
                    "The service answered with a redirect; redirects are not followed. Check the base URL", context);
        }
        return switch (status) {
            case 401 -> unauthorized(head, body, context);
            case 403 -> permissionDenied(head, body, context);
            case 404 -> notFound(head, body, context);
            // Nothing was done, or the response got lost: another attempt may succeed.
            case 408, 421, 425 ->
                new ServiceException(
                        said("The request did not get through to the service", head, body),
                        RetryAfter.of(head, clock.instant()),
                        context);
            case 409 -> conflict(head, body, context);
            case 429 -> new ThrottledException(said("The quota is used up", head, body), wait(head, body), context);
            default ->
                ACTIVE_REQUEST.equals(body.code())
                        ? conflict(head, body, context)
                        : new BadRequestException(said("The service refused the request", head, body), context);
        };
    }

    /** The status that goes with a code. */
    private static int statusOf(@Nullable String code) {
        String name = lower(code);
        if (name.matches("[45]\\d\\d")) {
            return Integer.parseInt(name);
        }
        return switch (name) {
            case "toomanyrequests", "throttled", "quotaexceeded", "ratelimitexceeded" -> 429;
            case "unauthorized", "unauthenticated", "invalidauthenticationtoken" -> 401;
            case "forbidden", "accessdenied", "disabledfeature", "disallowedoperation", "authorization_requestdenied" ->
                403;
            case "notfound", "resourcenotfound", "itemnotfound", "request_resourcenotfound" -> 404;
            case "conflict", "activerequestalreadyexists" -> 409;
            case "badrequest", "odataerror", "maximumbatchsizeexceeded" -> 400;
            default ->
                name.startsWith("invalid") || name.startsWith("missing") || name.endsWith("notsupported") ? 400 : 500;
        };
    }

    private static String lower(@Nullable String code) {
        return code == null ? "" : code.toLowerCase(Locale.ROOT);
    }

    private AuthenticationException unauthorized(ResponseHead head, ErrorBody body, ErrorContext context) {
        String claims = ClaimsChallenge.of(head);
        return new AuthenticationException(
                said("The service refused the access token", head, body)
                        + (claims == null
                                ? ". If a new token does not help, the tenant may be inactive or without a licence for this:"
                                        + " the service answers so then too"
                                : ". It asks for one with other claims, for which the user may have to sign in again"),
                context,
                claims,
                null);
    }

    private ConflictException conflict(ResponseHead head, ErrorBody body, ErrorContext context) {
        return new ConflictException(said("The state does not allow it now", head, body), context);
    }

    private NotFoundException notFound(ResponseHead head, ErrorBody body, ErrorContext context) {
        String text = said("Not found", head, body);
        return new NotFoundException(
                body.ofTheService()
                        ? text + provisioning(body)
                        : text + ". The response does not come from the API (" + form(head)
                                + "): check the base URL, and whether a proxy or a gateway answers in its place",
                context);
    }

    private static String provisioning(ErrorBody body) {
        return NOT_PROVISIONED.contains(lower(body.code()))
                ? ". The service is not provisioned in this tenant: check the tenant id and its licence, and open the"
                        + " service's portal once to set it up"
                : "";
    }

    private PermissionDeniedException permissionDenied(ResponseHead head, ErrorBody body, ErrorContext context) {
        Permissions permissions = operation.permissions();
        List<String> required = Stream.concat(permissions.application().stream(), permissions.delegated().stream())
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder(said("Permission denied", head, body));
        if (body.ofTheService()) {
            explain(text, permissions, body);
        } else {
            text.append(". The response does not come from the service (")
                    .append(form(head))
                    .append("): a proxy, a firewall or conditional access may have refused the request, or the base URL"
                            + " names another host");
        }
        return new PermissionDeniedException(text.toString(), required, context);
    }

    private void explain(StringBuilder text, Permissions permissions, ErrorBody body) {
        text.append(". ").append(operation.id()).append(" needs one of ").append(permissions.application());
        text.append(" for an application, one of ")
                .append(permissions.delegated())
                .append(" for a user");
        String held = heldRoles(body.message());
        if (held != null) {
            text.append("; the token has ").append(held);
        }
        String cause = denial.get();
        text.append(
                cause.isEmpty()
                        ? ". A token for another audience is refused in the same way, and the audience does not follow from"
                                + " the host"
                        : ". " + cause);
        text.append(". A permission that is granted but does not work yet may need hours");
    }

    /** The service's words end with the roles the token holds; good for people to read, not to decide by. */
    private static @Nullable String heldRoles(@Nullable String message) {
        int at = message == null ? -1 : message.toLowerCase(Locale.ROOT).lastIndexOf(TOKEN_ROLES);
        if (message == null || at < 0) {
            return null;
        }
        String rest = message.substring(at + TOKEN_ROLES.length());
        int end = rest.indexOf(ErrorBody.SEPARATOR);
        String roles = (end < 0 ? rest : rest.substring(0, end)).strip();
        if (roles.endsWith(".")) {
            roles = roles.substring(0, roles.length() - 1);
        }
        return roles.isEmpty() ? "none" : roles;
    }

    private @Nullable Duration wait(ResponseHead head, ErrorBody body) {
        Duration asked = RetryAfter.of(head, clock.instant());
        return asked == null ? RetryAfter.ofMessage(body.message()) : asked;
    }

    private @Nullable String requestId(ResponseHead head, ErrorBody body) {
        return body.requestId() == null ? requestId(head, redaction) : body.requestId();
    }

    /** The id of a request in the head of its response, or null. */
    static @Nullable String requestId(ResponseHead head, Redaction redaction) {
        for (String name : REQUEST_ID_HEADERS) {
            String id = redaction.id(head.header(name));
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private String said(String meaning, ResponseHead head, ErrorBody body) {
        if (body.message() != null) {
            return meaning + ": " + body.message();
        }
        String type = mediaType(head, redaction);
        return body.code() != null || type == null || type.contains("json")
                ? meaning
                : meaning + " and answered " + type;
    }

    private String form(ResponseHead head) {
        String type = mediaType(head, redaction);
        return type == null ? "no media type" : "media type " + type;
    }

    /** The media type without parameters, or null when the response names none. */
    static @Nullable String mediaType(ResponseHead head, Redaction redaction) {
        String type = head.header("content-type");
        if (type == null) {
            return null;
        }
        int semicolon = type.indexOf(';');
        String bare = redaction.id(semicolon < 0 ? type : type.substring(0, semicolon));
        return bare == null ? null : bare.toLowerCase(Locale.ROOT);
    }
}
