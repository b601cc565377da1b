package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation with its arguments, not yet sent. Immutable.
 *
 * @param <T> see {@link Operation}
 * @since 0.1.0
 */
public final class Call<T> {

    private final Operation<T> operation;
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final @Nullable JsonEncodable body;
    private final Map<String, FormPart> form;

    private Call(Builder<T> builder) {
        this.operation = builder.operation;
        this.path = Map.copyOf(builder.path);
        this.query = new LinkedHashMap<>(builder.query);
        this.body = builder.body;
        this.form = new LinkedHashMap<>(builder.form);
    }

    /**
     * Returns the operation.
     *
     * @return the operation
     */
    public Operation<T> operation() {
        return operation;
    }

    /**
     * Returns the query arguments, decoded, in the order they were set.
     *
     * @return an unmodifiable map from wire name to value
     */
    public Map<String, String> query() {
        return Collections.unmodifiableMap(query);
    }

    /**
     * Returns the parts of a multipart body, in the order they were set.
     *
     * @return an unmodifiable list, empty if there is another body or none
     */
    public List<FormPart> form() {
        return List.copyOf(form.values());
    }

    /**
     * Returns the JSON body.
     *
     * @return the body, or null if there is none
     */
    public @Nullable JsonEncodable body() {
        return body;
    }

    /**
     * Returns the path below the API root, without the query.
     *
     * @return the path with every argument percent-encoded, for example {@code /alerts/da637_-88}
     */
    public String renderedPath() {
        StringBuilder out = new StringBuilder();
        String template = operation.info().path();
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            String name = template.substring(open + 1, close);
            boolean inQuotes = open > 0 && template.charAt(open - 1) == '\'';
            out.append(template, from, open).append(renderedArgument(name, inQuotes));
            from = close + 1;
        }
        return out.append(template, from, template.length()).toString();
    }

    private String renderedArgument(String name, boolean inQuotes) {
        String value = Objects.requireNonNull(path.get(name), name);
        boolean quoted =
                operation.info().parameters().stream().anyMatch(p -> p.name().equals(name) && p.quoted());
        if (inQuotes || quoted) {
            value = value.replace("'", "''");
        }
        String encoded = PercentEncoding.encode(value);
        return quoted && !inQuotes ? "'" + encoded + "'" : encoded;
    }

    /**
     * Returns the query string.
     *
     * @return the query without the question mark, empty if there are no arguments
     */
    public String renderedQuery() {
        StringBuilder out = new StringBuilder();
        query.forEach((name, value) -> {
            out.append(out.isEmpty() ? "" : "&")
                    .append(PercentEncoding.encodeName(name))
                    .append('=');
            out.append(PercentEncoding.encode(value));
        });
        return out.toString();
    }

    /**
     * Returns a builder with the arguments of this call.
     *
     * @return a new builder
     */
    public Builder<T> mutate() {
        Builder<T> builder = new Builder<>(operation);
        builder.path.putAll(path);
        builder.query.putAll(query);
        builder.body = body;
        builder.form.putAll(form);
        return builder;
    }

    @Override
    public String toString() {
        String rendered = renderedQuery();
        return operation.info().method() + " " + renderedPath() + (rendered.isEmpty() ? "" : "?" + rendered);
    }

    /**
     * Builds {@link Call} instances.
     *
     * @param <T> see {@link Operation}
     */
    public static final class Builder<T> {

        private final Operation<T> operation;
        private final Map<String, String> path = new LinkedHashMap<>();
        private final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, FormPart> form = new LinkedHashMap<>();
        private @Nullable JsonEncodable body;

        Builder(Operation<T> operation) {
            this.operation = operation;
        }

        /**
         * Sets a path argument.
         *
         * @param name the name of the parameter
         * @param value the value, not encoded
         * @return this builder
         * @throws IllegalArgumentException if the value is blank or a dot segment, because the path would be that of
         *     another resource
         */
        public Builder<T> path(String name, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(operation.info().id() + ": " + name + " must not be blank");
            }
            if (value.equals(".") || value.equals("..")) {
                throw new IllegalArgumentException(operation.info().id() + ": " + name + " must not be a dot segment");
            }
            path.put(name, value);
            return this;
        }

        /**
         * Sets a query argument.
         *
         * @param name the name of the parameter, for example {@code $filter}
         * @param value the value, not encoded; null removes the argument
         * @return this builder
         */
        public Builder<T> query(String name, @Nullable String value) {
            if (value == null) {
                query.remove(name);
            } else {
                query.put(name, value);
            }
            return this;
        }

        /**
         * Sets a text field of a multipart form.
         *
         * @param name the name of the part
         * @param text the value; null removes the part
         * @return this builder
         * @throws IllegalArgumentException if the name contains characters that are not valid in a header
         */
        public Builder<T> form(String name, @Nullable String text) {
            return part(name, text == null ? null : new FormPart.Text(name, text));
        }

        /**
         * Sets a file of a multipart form.
         *
         * @param name the name of the part
         * @param content the file, read when the call is made; null removes the part
         * @return this builder
         * @throws IllegalArgumentException if the name contains characters that are not valid in a header
         */
        public Builder<T> file(String name, @Nullable FileContent content) {
            return part(name, content == null ? null : new FormPart.File(name, content));
        }

        private Builder<T> part(String name, @Nullable FormPart part) {
            if (part == null) {
                form.remove(name);
            } else {
                form.put(name, part);
            }
            return this;
        }

        /**
         * Sets the JSON body.
         *
         * @param body the body
         * @return this builder
         */
        public Builder<T> body(JsonEncodable body) {
            this.body = Objects.requireNonNull(body, "body");
            return this;
        }

        /**
         * Builds the call.
         *
         * @return the call
         * @throws IllegalArgumentException if a required argument or the body is missing (the message names all of
         *     them), or if there is both a JSON body and a form
         */
        public Call<T> build() {
            List<String> missing = new ArrayList<>();
            boolean withoutBody = operation.info().optionalBody() && body == null && form.isEmpty();
            for (ParameterInfo parameter : operation.info().parameters()) {
                if (parameter.required() && !isSet(parameter) && !(withoutBody && isPart(parameter))) {
                    missing.add(parameter.name());
                }
            }
            if (operation.requestDecoder() != null && body == null && !withoutBody) {
                missing.add("a body");
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(operation.info().id() + " needs " + String.join(", ", missing));
            }
            if (body != null && !form.isEmpty()) {
                throw new IllegalArgumentException(operation.info().id() + " accepts a JSON body or a form, not both");
            }
            return new Call<>(this);
        }

        private static boolean isPart(ParameterInfo parameter) {
            return parameter.location() == ParameterInfo.Location.FORM
                    || parameter.location() == ParameterInfo.Location.FILE;
        }

        private boolean isSet(ParameterInfo parameter) {
            String name = parameter.name();
            return switch (parameter.location()) {
                case PATH -> path.containsKey(name);
                case QUERY -> query.containsKey(name);
                case FORM -> form.get(name) instanceof FormPart.Text;
                case FILE -> form.get(name) instanceof FormPart.File;
            };
        }
    }
}
