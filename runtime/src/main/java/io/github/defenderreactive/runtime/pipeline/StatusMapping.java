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
import io.github.defenderreactive.runtime.internal.authorization.CallAuthorization;
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
 * Mapping of unsuccessful responses to errors, by status first, and by code if a status has several meanings or none.
 */
final class StatusMapping {

    private static final String ACTIVE_REQUEST = "ActiveRequestAlreadyExists";
    private static final String TOKEN_ROLES = "application roles:";
    private static final List<String> REQUEST_ID_HEADERS =
            List.of("request-id", "x-ms-request-id", "client-request-id");

    /** Codes of the service for an empty collection or a missing entity. */
    private static final Set<String> NONE = Set.of("notfound", "resourcenotfound");

    /** Codes for a tenant without an instance of the service. */
    private static final Set<String> NOT_PROVISIONED = Set.of("hostnotfound", "tenantdeploymentnotfound");

    private final OperationInfo operation;
    private final Clock clock;
    private final @Nullable CallAuthorization authorization;
    private final Supplier<String> denial;
    private final Redaction redaction;

    /**
     * Creates a mapping of responses to one operation.
     *
     * @param authorization the authorization of the call, or null if it has none
     * @param denial supplies the likely cause of a 403, or an empty text if it is unknown
     * @param redaction removes secrets of the request from the texts of the response
     */
    StatusMapping(
            OperationInfo operation,
            Clock clock,
            @Nullable CallAuthorization authorization,
            Supplier<String> denial,
            Redaction redaction) {
        this.operation = operation;
        this.clock = clock;
        this.authorization = authorization;
        this.denial = denial;
        this.redaction = redaction;
    }

    /** Returns whether a response is a 404 of the service itself. */
    static boolean isNone(ResponseHead head, ErrorBody body) {
        return head.status() == 404 && body.ofTheService() && NONE.contains(lower(body.code()));
    }

    /** Returns the error of a response. If its status is a success, it is the error that the body reports. */
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
                    "The service returned a redirect, which is not followed. Check the base URL", context);
        }
        return switch (status) {
            case 401 -> unauthorized(head, body, context);
            case 403 -> permissionDenied(head, body, context);
            case 404 -> notFound(head, body, context);
            // The request was not executed, or the response was lost, so another attempt may succeed.
            case 408, 421, 425 ->
                new ServiceException(
                        said("The request did not reach the service", head, body),
                        RetryAfter.of(head, clock.instant()),
                        context);
            case 409 -> conflict(head, body, context);
            case 429 -> new ThrottledException(said("The quota is exhausted", head, body), wait(head, body), context);
            default ->
                ACTIVE_REQUEST.equals(body.code())
                        ? conflict(head, body, context)
                        : new BadRequestException(said("The service rejected the request", head, body), context);
        };
    }

    /** Returns the status that corresponds to a code. */
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
                said(
                                authorization == null
                                        ? "The service requires an authorization"
                                        : authorization.rejection(),
                                head,
                                body)
                        + (authorization == null ? "" : authorization.remedy(claims)),
                context,
                claims,
                null);
    }

    private ConflictException conflict(ResponseHead head, ErrorBody body, ErrorContext context) {
        return new ConflictException(said("The current state does not allow the operation", head, body), context);
    }

    private NotFoundException notFound(ResponseHead head, ErrorBody body, ErrorContext context) {
        String text = said("Not found", head, body);
        return new NotFoundException(
                isOfTheService(head, body)
                        ? text + provisioning(body)
                        : text + ". The response does not come from the API (" + form(head)
                                + "): check the base URL, and whether a proxy or a gateway intercepts the request",
                context);
    }

    /**
     * Returns whether an error is that of the service, not of an intermediary. An API without documented permissions is
     * another one, whose errors in JSON may have any form.
     */
    private boolean isOfTheService(ResponseHead head, ErrorBody body) {
        if (body.ofTheService()) {
            return true;
        }
        String type = mediaType(head, redaction);
        return isUndocumented(operation.permissions()) && type != null && type.endsWith("json");
    }

    private static boolean isUndocumented(Permissions permissions) {
        return permissions.application().isEmpty() && permissions.delegated().isEmpty();
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
        if (isOfTheService(head, body)) {
            explain(text, permissions, body);
        } else {
            text.append(". The response does not come from the service (")
                    .append(form(head))
                    .append("): a proxy, a firewall or conditional access may have rejected the request, or the base"
                            + " URL may point to another host");
        }
        return new PermissionDeniedException(text.toString(), required, context);
    }

    private void explain(StringBuilder text, Permissions permissions, ErrorBody body) {
        if (isUndocumented(permissions)) {
            String cause = denial.get();
            text.append(cause.isEmpty() ? "" : ". " + cause);
            return;
        }
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
                        ? ". A token for another audience is rejected in the same way, and the audience is not always"
                                + " that of the host"
                        : ". " + cause);
        text.append(". A newly granted permission may take hours to become effective");
    }

    /** Returns the roles of the token from the end of the message. They are for display only, not for decisions. */
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
        Duration requested = RetryAfter.of(head, clock.instant());
        return requested == null ? RetryAfter.ofMessage(body.message()) : requested;
    }

    private @Nullable String requestId(ResponseHead head, ErrorBody body) {
        return body.requestId() == null ? requestId(head, redaction) : body.requestId();
    }

    /** Returns the request id in the head of a response, or null. */
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
                : meaning + " (media type " + type + ")";
    }

    private String form(ResponseHead head) {
        String type = mediaType(head, redaction);
        return type == null ? "no media type" : "media type " + type;
    }

    /** Returns the media type without parameters, or null if the response has none. */
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
