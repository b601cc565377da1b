package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation with its arguments, not yet sent. Immutable.
 *
 * @param <T> see {@link Operation}
 * @since 0.1.0
 */
public final class Call<T> {

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e](?:[\\t\\x20-\\x7e]*[\\x21-\\x7e])?");

    private final Operation<T> operation;
    private final Map<String, String> path;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers;
    private final @Nullable JsonEncodable body;
    private final @Nullable String text;
    private final @Nullable FileContent content;
    private final Map<String, FormPart> form;

    private Call(Builder<T> builder) {
        this.operation = builder.operation;
        this.path = Map.copyOf(builder.path);
        this.query = new LinkedHashMap<>(builder.query);
        this.headers = new LinkedHashMap<>(builder.headers);
        this.body = builder.body;
        this.text = builder.text;
        this.content = builder.content;
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
     * @return an unmodifiable map from wire name to value; the values of a repeated argument are joined by commas
     */
    public Map<String, String> query() {
        Map<String, String> joined = new LinkedHashMap<>();
        query.forEach((name, values) -> joined.put(name, String.join(",", values)));
        return Collections.unmodifiableMap(joined);
    }

    /**
     * Returns the header arguments, in the order they were set.
     *
     * @return an unmodifiable map from name to value
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
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
     * Returns the body that is a text.
     *
     * @return the text, or null if there is another body or none
     */
    public @Nullable String text() {
        return text;
    }

    /**
     * Returns the body that consists of bytes.
     *
     * @return the content, or null if there is another body or none
     */
    public @Nullable FileContent content() {
        return content;
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
        query.forEach((name, values) -> values.forEach(value -> {
            out.append(out.isEmpty() ? "" : "&")
                    .append(PercentEncoding.encodeName(name))
                    .append('=');
            out.append(PercentEncoding.encode(value));
        }));
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
        builder.headers.putAll(headers);
        builder.body = body;
        builder.text = text;
        builder.content = content;
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
        private final Map<String, List<String>> query = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<String, FormPart> form = new LinkedHashMap<>();
        private @Nullable JsonEncodable body;
        private @Nullable String text;
        private @Nullable FileContent content;

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
            return queryValues(name, value == null ? List.of() : List.of(value));
        }

        /**
         * Sets a query argument that is repeated for each value.
         *
         * @param name the name of the parameter
         * @param values the values, not encoded; an empty list removes the argument
         * @return this builder
         */
        public Builder<T> queryValues(String name, List<String> values) {
            if (values.isEmpty()) {
                query.remove(name);
            } else {
                query.put(name, List.copyOf(values));
            }
            return this;
        }

        /**
         * Sets a header argument.
         *
         * @param name the name of the parameter
         * @param value the value; null removes the argument
         * @return this builder
         * @throws IllegalArgumentException if the value is empty, begins or ends with a blank, or has another character
         *     than printable ASCII; the message does not contain it, because it may be a secret
         */
        public Builder<T> header(String name, @Nullable String value) {
            if (value == null) {
                headers.remove(name);
                return this;
            }
            if (!HEADER_VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        operation.info().id() + ": " + name + " must be printable ASCII without blanks at its ends");
            }
            headers.put(name, value);
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
         * Sets a body that is a text, sent in UTF-8.
         *
         * @param body the body
         * @return this builder
         */
        public Builder<T> text(String body) {
            this.text = Objects.requireNonNull(body, "body");
            return this;
        }

        /**
         * Sets a body of bytes, for example a file.
         *
         * @param body the body, read when the call is made
         * @return this builder
         */
        public Builder<T> content(FileContent body) {
            this.content = Objects.requireNonNull(body, "body");
            return this;
        }

        /**
         * Builds the call.
         *
         * @return the call
         * @throws IllegalArgumentException if a required argument or the body is missing (the message names all of
         *     them), or if there is more than one body
         */
        public Call<T> build() {
            List<String> missing = new ArrayList<>();
            long bodies = Stream.of(body != null, text != null, content != null, !form.isEmpty())
                    .filter(given -> given)
                    .count();
            boolean withoutBody = operation.info().optionalBody() && bodies == 0;
            for (ParameterInfo parameter : operation.info().parameters()) {
                if (parameter.required() && !isSet(parameter) && !(withoutBody && isPart(parameter))) {
                    missing.add(parameter.name());
                }
            }
            if (needsBody() && body == null && text == null && content == null && !withoutBody) {
                missing.add("a body");
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(operation.info().id() + " needs " + String.join(", ", missing));
            }
            if (bodies > 1) {
                throw new IllegalArgumentException(operation.info().id() + " accepts one body, not " + bodies);
            }
            return new Call<>(this);
        }

        private boolean needsBody() {
            return operation.requestDecoder() != null
                    || !operation.info().requestMediaType().isEmpty()
                            && operation.info().parameters().stream().noneMatch(Builder::isPart);
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
                case HEADER -> headers.containsKey(name);
                case FORM -> form.get(name) instanceof FormPart.Text;
                case FILE -> form.get(name) instanceof FormPart.File;
            };
        }
    }
}
