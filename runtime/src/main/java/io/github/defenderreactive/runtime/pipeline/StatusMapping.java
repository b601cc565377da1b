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
import io.github.defenderreactive.runtime.retry.RetryAfter;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From an answer that is no success to the error of its meaning: by status first, by code where one status has two. */
final class StatusMapping {

    private static final String ACTIVE_REQUEST = "ActiveRequestAlreadyExists";
    private static final String TOKEN_ROLES = "application roles:";
    private static final List<String> REQUEST_ID_HEADERS =
            List.of("request-id", "x-ms-request-id", "client-request-id");

    private final OperationInfo operation;
    private final Clock clock;
    private final Supplier<String> denial;

    /**
     * From answers to one operation.
     *
     * @param denial the likely cause of a 403, or an empty text when nothing is known
     */
    StatusMapping(OperationInfo operation, Clock clock, Supplier<String> denial) {
        this.operation = operation;
        this.clock = clock;
        this.denial = denial;
    }

    DefenderException error(ResponseHead head, byte[] bytes) {
        ErrorBody body = ErrorBody.read(bytes);
        ErrorContext context = new ErrorContext(operation.id(), head.status(), body.code(), requestId(head, body), 0);
        int status = head.status();
        if (status >= 500) {
            return new ServiceException(
                    said("The service failed", head, body),
                    RetryAfter.ofHeader(head.header("retry-after"), clock),
                    context);
        }
        if (status < 400) {
            return new BadRequestException(
                    "The service answered with a redirect; redirects are not followed. Check the base URL", context);
        }
        return switch (status) {
            case 401 -> unauthorized(head, body, context);
            case 403 -> permissionDenied(head, body, context);
            case 404 -> new NotFoundException(said("Not found", head, body), context);
            case 409 -> conflict(head, body, context);
            case 429 -> new ThrottledException(said("The quota is used up", head, body), wait(head, body), context);
            default ->
                ACTIVE_REQUEST.equals(body.code())
                        ? conflict(head, body, context)
                        : new BadRequestException(said("The service refused the request", head, body), context);
        };
    }

    private static AuthenticationException unauthorized(ResponseHead head, ErrorBody body, ErrorContext context) {
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

    private static ConflictException conflict(ResponseHead head, ErrorBody body, ErrorContext context) {
        return new ConflictException(said("The state does not allow it now", head, body), context);
    }

    private PermissionDeniedException permissionDenied(ResponseHead head, ErrorBody body, ErrorContext context) {
        Permissions permissions = operation.permissions();
        StringBuilder text = new StringBuilder(said("Permission denied", head, body));
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
        List<String> required = Stream.concat(permissions.application().stream(), permissions.delegated().stream())
                .distinct()
                .toList();
        return new PermissionDeniedException(text.toString(), required, context);
    }

    /** The service's words end with the roles the token holds; good for people to read, not to decide by. */
    private static @Nullable String heldRoles(@Nullable String message) {
        int at = message == null ? -1 : message.toLowerCase(Locale.ROOT).lastIndexOf(TOKEN_ROLES);
        if (message == null || at < 0) {
            return null;
        }
        String roles = message.substring(at + TOKEN_ROLES.length()).strip();
        if (roles.endsWith(".")) {
            roles = roles.substring(0, roles.length() - 1);
        }
        return roles.isEmpty() ? "none" : roles;
    }

    private @Nullable Duration wait(ResponseHead head, ErrorBody body) {
        Duration asked = RetryAfter.ofHeader(head.header("retry-after"), clock);
        return asked == null ? RetryAfter.ofMessage(body.message()) : asked;
    }

    private static @Nullable String requestId(ResponseHead head, ErrorBody body) {
        if (body.target() != null) {
            return body.target();
        }
        for (String name : REQUEST_ID_HEADERS) {
            String value = head.header(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static String said(String meaning, ResponseHead head, ErrorBody body) {
        if (body.message() != null) {
            return meaning + ": " + body.message();
        }
        String type = mediaType(head);
        return body.code() != null || type == null || type.contains("json")
                ? meaning
                : meaning + " and answered " + type;
    }

    /** The media type without parameters, or null when the answer names none. */
    static @Nullable String mediaType(ResponseHead head) {
        String type = head.header("content-type");
        if (type == null) {
            return null;
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
