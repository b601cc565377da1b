package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an operation in the API description. Immutable, and generated for every operation of the client.
 *
 * @since 0.1.0
 */
public final class OperationInfo {

    /** Deadline of one call or one page request when the description states none: 1 minute. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private final String api;
    private final String id;
    private final String tag;
    private final String method;
    private final String path;
    private final String summary;
    private final Permissions permissions;
    private final Quota quota;
    private final Paging paging;
    private final ReplaySafety replaySafety;
    private final boolean emptyOnNotFound;
    private final boolean optionalBody;
    private final Duration timeout;
    private final List<ParameterInfo> parameters;
    private final List<String> filterable;
    private final String sourcePage;
    private final Map<String, String> headers;
    private final int maxResponseBytes;
    private final String requestMediaType;

    private OperationInfo(Builder builder) {
        this.api = Objects.requireNonNull(builder.api, "api");
        this.id = Objects.requireNonNull(builder.id, "id");
        this.tag = Objects.requireNonNull(builder.tag, "tag");
        this.method = Objects.requireNonNull(builder.method, "method");
        this.path = Objects.requireNonNull(builder.path, "path");
        this.summary = builder.summary;
        this.permissions = builder.permissions;
        this.quota = builder.quota == null ? new Quota(id, 0, 0) : builder.quota;
        this.paging = builder.paging;
        this.replaySafety = builder.replaySafety;
        this.emptyOnNotFound = builder.emptyOnNotFound;
        this.optionalBody = builder.optionalBody;
        this.timeout = builder.timeout;
        this.parameters = builder.parameters;
        this.filterable = builder.filterable;
        this.sourcePage = builder.sourcePage;
        this.headers = builder.headers;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.requestMediaType = builder.requestMediaType;
    }

    /**
     * Returns a new builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of this description.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder()
                .api(api)
                .id(id)
                .tag(tag)
                .method(method)
                .path(path)
                .summary(summary)
                .permissions(permissions)
                .quota(quota)
                .paging(paging)
                .replaySafety(replaySafety)
                .emptyOnNotFound(emptyOnNotFound)
                .optionalBody(optionalBody)
                .timeout(timeout)
                .parameters(parameters)
                .filterable(filterable)
                .sourcePage(sourcePage)
                .headers(headers)
                .maxResponseBytes(maxResponseBytes)
                .requestMediaType(requestMediaType);
    }

    /**
     * Returns the API that the operation belongs to.
     *
     * @return the API, for example {@code defender-endpoint}
     */
    public String api() {
        return api;
    }

    /**
     * Returns the operation id.
     *
     * @return the id, for example {@code listAlerts}
     */
    public String id() {
        return id;
    }

    /**
     * Returns the API group.
     *
     * @return the group, for example {@code alerts}
     */
    public String tag() {
        return tag;
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method in capitals
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path template below the API root.
     *
     * @return the template, for example {@code /alerts/{id}}
     */
    public String path() {
        return path;
    }

    /**
     * Returns the summary.
     *
     * @return one sentence
     */
    public String summary() {
        return summary;
    }

    /**
     * Returns the permissions that the token must hold.
     *
     * @return the permissions
     */
    public Permissions permissions() {
        return permissions;
    }

    /**
     * Returns the documented limits of the number of calls.
     *
     * @return the quota
     */
    public Quota quota() {
        return quota;
    }

    /**
     * Returns how the pages of the operation follow one another.
     *
     * @return the paging
     */
    public Paging paging() {
        return paging;
    }

    /**
     * Returns whether a lost attempt may be sent again.
     *
     * @return the replay safety
     */
    public ReplaySafety replaySafety() {
        return replaySafety;
    }

    /**
     * Returns whether a 404 means an empty result.
     *
     * @return false if a 404 is an error
     */
    public boolean emptyOnNotFound() {
        return emptyOnNotFound;
    }

    /**
     * Returns whether a call can be sent without the body that the operation accepts.
     *
     * @return false if the body is required, or the operation has none
     */
    public boolean optionalBody() {
        return optionalBody;
    }

    /**
     * Returns the default deadline of one call or one page request.
     *
     * @return the deadline
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns the path, query, header and form parameters.
     *
     * @return an unmodifiable list in the order of the description
     */
    public List<ParameterInfo> parameters() {
        return parameters;
    }

    /**
     * Returns the properties that {@code $filter} may name.
     *
     * @return an unmodifiable list of names
     */
    public List<String> filterable() {
        return filterable;
    }

    /**
     * Returns the page of the service's documentation.
     *
     * @return the name of the page
     */
    public String sourcePage() {
        return sourcePage;
    }

    /**
     * Returns the request headers that every call sends.
     *
     * @return an unmodifiable map of values by name
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Returns the default size limit of a response with one entity, where it is larger than
     * {@link JsonLimits#DEFAULT} allows.
     *
     * @return decompressed bytes, or 0 for the common limit
     */
    public int maxResponseBytes() {
        return maxResponseBytes;
    }

    /**
     * Returns the media type of the request body, where it is not that of JSON or of a multipart form.
     *
     * @return the media type, for example {@code text/plain}; empty for JSON, a multipart form or no body
     */
    public String requestMediaType() {
        return requestMediaType;
    }

    private List<Object> values() {
        return List.of(
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
                optionalBody,
                timeout,
                parameters,
                filterable,
                sourcePage,
                headers,
                maxResponseBytes,
                requestMediaType);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperationInfo info && values().equals(info.values());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "OperationInfo[" + api + " " + id + ": " + method + " " + path + "]";
    }

    /**
     * Builds {@link OperationInfo} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private @Nullable String api;
        private @Nullable String id;
        private @Nullable String tag;
        private @Nullable String method;
        private @Nullable String path;
        private String summary = "";
        private Permissions permissions = new Permissions(List.of(), List.of());
        private @Nullable Quota quota;
        private Paging paging = Paging.NONE;
        private ReplaySafety replaySafety = ReplaySafety.UNSAFE;
        private boolean emptyOnNotFound;
        private boolean optionalBody;
        private Duration timeout = DEFAULT_TIMEOUT;
        private List<ParameterInfo> parameters = List.of();
        private List<String> filterable = List.of();
        private String sourcePage = "";
        private Map<String, String> headers = Map.of();
        private int maxResponseBytes;
        private String requestMediaType = "";

        private Builder() {}

        /**
         * Sets the API that the operation belongs to. Required.
         *
         * @param value the API, for example {@code defender-endpoint}
         * @return this builder
         */
        public Builder api(String value) {
            this.api = Objects.requireNonNull(value, "api");
            return this;
        }

        /**
         * Sets the operation id. Required.
         *
         * @param value the id, for example {@code listAlerts}
         * @return this builder
         */
        public Builder id(String value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /**
         * Sets the API group. Required.
         *
         * @param value the group, for example {@code alerts}
         * @return this builder
         */
        public Builder tag(String value) {
            this.tag = Objects.requireNonNull(value, "tag");
            return this;
        }

        /**
         * Sets the HTTP method. Required.
         *
         * @param value the method in capitals
         * @return this builder
         */
        public Builder method(String value) {
            this.method = Objects.requireNonNull(value, "method");
            return this;
        }

        /**
         * Sets the path template below the API root. Required.
         *
         * @param value the template, for example {@code /alerts/{id}}
         * @return this builder
         */
        public Builder path(String value) {
            this.path = Objects.requireNonNull(value, "path");
            return this;
        }

        /**
         * Sets the summary.
         *
         * @param value one sentence; default empty
         * @return this builder
         */
        public Builder summary(String value) {
            this.summary = Objects.requireNonNull(value, "summary");
            return this;
        }

        /**
         * Sets the permissions that the token must hold.
         *
         * @param value the permissions; default none
         * @return this builder
         */
        public Builder permissions(Permissions value) {
            this.permissions = Objects.requireNonNull(value, "permissions");
            return this;
        }

        /**
         * Sets the documented limits of the number of calls.
         *
         * @param value the quota; default a group of its own without limits
         * @return this builder
         */
        public Builder quota(Quota value) {
            this.quota = Objects.requireNonNull(value, "quota");
            return this;
        }

        /**
         * Sets how the pages of the operation follow one another.
         *
         * @param value the paging; default {@link Paging#NONE}
         * @return this builder
         */
        public Builder paging(Paging value) {
            this.paging = Objects.requireNonNull(value, "paging");
            return this;
        }

        /**
         * Sets whether a lost attempt may be sent again.
         *
         * @param value the replay safety; default {@link ReplaySafety#UNSAFE}
         * @return this builder
         */
        public Builder replaySafety(ReplaySafety value) {
            this.replaySafety = Objects.requireNonNull(value, "replaySafety");
            return this;
        }

        /**
         * Sets whether a 404 means an empty result.
         *
         * @param value true for an empty result; default false, which makes it an error
         * @return this builder
         */
        public Builder emptyOnNotFound(boolean value) {
            this.emptyOnNotFound = value;
            return this;
        }

        /**
         * Sets whether a call can be sent without the body that the operation accepts.
         *
         * @param value true for an optional JSON body or form; default false, which makes it required
         * @return this builder
         */
        public Builder optionalBody(boolean value) {
            this.optionalBody = value;
            return this;
        }

        /**
         * Sets the default deadline of one call or one page request.
         *
         * @param value the deadline; default {@link #DEFAULT_TIMEOUT}
         * @return this builder
         */
        public Builder timeout(Duration value) {
            this.timeout = Objects.requireNonNull(value, "timeout");
            return this;
        }

        /**
         * Sets the path, query, header and form parameters.
         *
         * @param value the parameters in the order of the description; default none
         * @return this builder
         */
        public Builder parameters(List<ParameterInfo> value) {
            this.parameters = List.copyOf(value);
            return this;
        }

        /**
         * Sets the properties that {@code $filter} may name.
         *
         * @param value the names; default none
         * @return this builder
         */
        public Builder filterable(List<String> value) {
            this.filterable = List.copyOf(value);
            return this;
        }

        /**
         * Sets the page of the service's documentation.
         *
         * @param value the name of the page; default empty
         * @return this builder
         */
        public Builder sourcePage(String value) {
            this.sourcePage = Objects.requireNonNull(value, "sourcePage");
            return this;
        }

        /**
         * Sets the request headers that every call sends.
         *
         * @param value the values by name; default none
         * @return this builder
         */
        public Builder headers(Map<String, String> value) {
            this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(value));
            return this;
        }

        /**
         * Sets the default size limit of a response with one entity, where it is larger than
         * {@link JsonLimits#DEFAULT} allows.
         *
         * @param value decompressed bytes; default 0, the common limit
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxResponseBytes(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("maxResponseBytes must be >= 0, was " + value);
            }
            this.maxResponseBytes = value;
            return this;
        }

        /**
         * Sets the media type of the request body, where it is not that of JSON or of a multipart form. With
         * {@code application/x-www-form-urlencoded}, a form is sent in that coding.
         *
         * @param value the media type; default empty
         * @return this builder
         */
        public Builder requestMediaType(String value) {
            this.requestMediaType = Objects.requireNonNull(value, "requestMediaType");
            return this;
        }

        /**
         * Builds the description.
         *
         * @return the description
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public OperationInfo build() {
            return new OperationInfo(this);
        }
    }
}
