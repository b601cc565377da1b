package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The facts of an operation in the API description. Generated, not written by hand.
 *
 * @param api the API, for example {@code defender-endpoint}
 * @param id the operation id, for example {@code listAlerts}
 * @param tag the API group, for example {@code alerts}
 * @param method the HTTP method in capitals
 * @param path the path template below the API root, for example {@code /alerts/{id}}
 * @param summary one sentence
 * @param permissions the permissions that the token needs
 * @param quota the limits on calls
 * @param paging the paging of its collection
 * @param replaySafety whether an attempt whose response was lost may be retried
 * @param emptyOnNotFound whether a 404 means an empty result instead of an error
 * @param timeout the default deadline of one call or one page request
 * @param parameters the path, query and form parameters in the order of the description
 * @param filterable the properties that {@code $filter} may contain
 * @param sourcePage the name of the page of the service's documentation
 * @param headers the request headers that every call sends, by name
 * @param maxResponseBytes the default limit of the decompressed bytes of a response with one entity, if it is higher
 *     than {@link JsonLimits#DEFAULT}; otherwise 0
 * @since 0.1.0
 */
public record OperationInfo(
        String api,
        String id,
        String tag,
        String method,
        String path,
        String summary,
        Permissions permissions,
        Quota quota,
        Paging paging,
        ReplaySafety replaySafety,
        boolean emptyOnNotFound,
        Duration timeout,
        List<ParameterInfo> parameters,
        List<String> filterable,
        String sourcePage,
        Map<String, String> headers,
        int maxResponseBytes) {

    /**
     * Copies the lists and checks the components.
     *
     * @param api the API, for example {@code defender-endpoint}
     * @param id the operation id, for example {@code listAlerts}
     * @param tag the API group, for example {@code alerts}
     * @param method the HTTP method in capitals
     * @param path the path template below the API root, for example {@code /alerts/{id}}
     * @param summary one sentence
     * @param permissions the permissions that the token needs
     * @param quota the limits on calls
     * @param paging the paging of its collection
     * @param replaySafety whether an attempt whose response was lost may be retried
     * @param emptyOnNotFound whether a 404 means an empty result instead of an error
     * @param timeout the default deadline of one call or one page request
     * @param parameters the path, query and form parameters in the order of the description
     * @param filterable the properties that {@code $filter} may contain
     * @param sourcePage the name of the page of the service's documentation
     * @param headers the request headers that every call sends, by name
     * @param maxResponseBytes the default limit of the decompressed bytes of a response with one entity, if it is
     *     higher than {@link JsonLimits#DEFAULT}; otherwise 0
     * @throws NullPointerException if a component is null
     * @throws IllegalArgumentException if {@code maxResponseBytes} is negative
     */
    public OperationInfo {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(permissions, "permissions");
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(paging, "paging");
        Objects.requireNonNull(replaySafety, "replaySafety");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(sourcePage, "sourcePage");
        parameters = List.copyOf(parameters);
        filterable = List.copyOf(filterable);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (maxResponseBytes < 0) {
            throw new IllegalArgumentException("maxResponseBytes must be >= 0, was " + maxResponseBytes);
        }
    }

    /**
     * Creates the facts of an operation without additional headers, whose responses have the usual size.
     *
     * @param api the API, for example {@code defender-endpoint}
     * @param id the operation id, for example {@code listAlerts}
     * @param tag the API group, for example {@code alerts}
     * @param method the HTTP method in capitals
     * @param path the path template below the API root, for example {@code /alerts/{id}}
     * @param summary one sentence
     * @param permissions the permissions that the token needs
     * @param quota the limits on calls
     * @param paging the paging of its collection
     * @param replaySafety whether an attempt whose response was lost may be retried
     * @param emptyOnNotFound whether a 404 means an empty result instead of an error
     * @param timeout the default deadline of one call or one page request
     * @param parameters the path, query and form parameters in the order of the description
     * @param filterable the properties that {@code $filter} may contain
     * @param sourcePage the name of the page of the service's documentation
     * @throws NullPointerException if a component is null
     */
    public OperationInfo(
            String api,
            String id,
            String tag,
            String method,
            String path,
            String summary,
            Permissions permissions,
            Quota quota,
            Paging paging,
            ReplaySafety replaySafety,
            boolean emptyOnNotFound,
            Duration timeout,
            List<ParameterInfo> parameters,
            List<String> filterable,
            String sourcePage) {
        this(
                api,
                id,
                tag,
                method,
                path,
                summary,
                permissions,
                quota,
                paging,
                replaySafety,
                emptyOnNotFound,
                timeout,
                parameters,
                filterable,
                sourcePage,
                Map.of(),
                0);
    }
}
