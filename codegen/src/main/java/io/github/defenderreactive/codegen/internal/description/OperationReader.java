package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.Location;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and validates operations. */
public final class OperationReader {

    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    private static final Set<String> EXTENSIONS = Set.of(
            "x-defender-deprecated",
            OperationDescription.FILES_KEY,
            "x-defender-filterable",
            "x-defender-max-response",
            GivenName.KEY,
            GivenName.METHOD_KEY,
            "x-defender-not-found",
            "x-defender-paging",
            "x-defender-permissions",
            "x-defender-quota",
            "x-defender-replay",
            "x-defender-source",
            "x-defender-timeout",
            "x-defender-wrapped");
    private static final String WINDOWS = "time-window";
    private static final List<String> STRATEGIES =
            List.of("none", "next-link", "sized-link", "skip-token", "offset", WINDOWS);
    private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}]*)}");

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final String MULTIPART = "multipart/form-data";

    private final String api;
    private final Schemas schemas;
    private final Element item;
    private final Element element;

    private OperationReader(String api, Schemas schemas, Element item, Element element) {
        this.api = api;
        this.schemas = schemas;
        this.item = item;
        this.element = element;
    }

    /**
     * Returns all operations in the order of the description.
     *
     * @throws DescriptionException with all findings
     */
    public static List<OperationDescription> all(Element root, Schemas schemas) {
        Findings findings = new Findings();
        List<OperationDescription> operations = all(root, schemas, findings);
        findings.refuse();
        return operations;
    }

    /** Returns the operations in which nothing is wrong, in the order of the description. */
    public static List<OperationDescription> all(Element root, Schemas schemas, Findings findings) {
        String api = findings.get(() -> root.need("x-defender-api").text()).orElse("");
        List<OperationDescription> operations = new ArrayList<>();
        Map<String, Element> ids = new LinkedHashMap<>();
        findings.get(() -> root.need("paths").members())
                .orElse(Map.of())
                .forEach((path, item) -> findings.get(item::members)
                        .orElse(Map.of())
                        .forEach((key, element) -> {
                            if (METHODS.contains(key)) {
                                findings.get(() ->
                                                new OperationReader(api, schemas, item, element).read(path, key, ids))
                                        .ifPresent(operations::add);
                            }
                        }));
        return operations;
    }

    private DescriptionException problem(String finding) {
        return element.problem("operation " + element.text("operationId", "without id") + ": " + finding);
    }

    private Element need(String key) {
        if (!element.has(key)) {
            throw problem(key + " is missing; add it");
        }
        return element.get(key);
    }

    private OperationDescription read(String path, String method, Map<String, Element> ids) {
        check(path, ids);
        String id = id();
        Element permissions = need("x-defender-permissions");
        Element quota = need("x-defender-quota");
        Element paging = need("x-defender-paging");
        Response response = response();
        String strategy = strategy(paging.need("strategy"));
        boolean paged = !strategy.equals("none");
        if (paged && !response.collection()) {
            throw problem("a paged response must be a named collection schema");
        }
        if (!paged && response.collection()) {
            throw problem("returns a collection, so x-defender-paging must have a strategy");
        }
        String key = paging.has("key") ? paging.get("key").text() : null;
        String timeField = paging.has("field") ? paging.get("field").text() : null;
        List<String> filterable = element.get("x-defender-filterable").texts();
        if (strategy.equals(WINDOWS) != (timeField != null)) {
            throw problem("field and the strategy " + WINDOWS + " must be used together");
        }
        if (timeField != null && (key == null || !filterable.contains(timeField))) {
            throw problem("time windows need a key, and a field that $filter may use");
        }
        return new OperationDescription(
                element,
                api,
                id,
                tag(),
                method.toUpperCase(Locale.ROOT),
                path,
                need("summary").text().strip(),
                need("description").text().strip(),
                permissions.need("application").texts(),
                permissions.need("delegated").texts(),
                quota.text("group", id),
                quota.number("perMinute", 0),
                quota.number("perHour", 0),
                response.collection(),
                strategy,
                paging.number("maxPageSize", 0),
                paging.has("linkPath") ? paging.get("linkPath").text() : null,
                timeField,
                key,
                !choice(need("x-defender-replay"), "safe", "unsafe"),
                element.has("x-defender-not-found") && choice(element.get("x-defender-not-found"), "error", "empty"),
                timeout(),
                parameters(path),
                filterable,
                need("x-defender-source").text(),
                wrapped(response),
                response.schema(),
                response.type(),
                body(),
                form(),
                headers(),
                maxResponse(response));
    }

    /** Checks each part alone, so that all that is wrong with an operation is found at once. */
    private void check(String path, Map<String, Element> ids) {
        Findings findings = new Findings();
        findings.check(() -> element.allowExtensions(EXTENSIONS));
        findings.check(() -> {
            Element other = ids.putIfAbsent(id().toLowerCase(Locale.ROOT), element);
            if (other != null) {
                throw element.problem("operationId " + id() + " is also used at #" + other.place());
            }
        });
        findings.check(this::tag);
        List.of("summary", "description", "x-defender-source")
                .forEach(key -> findings.check(() -> need(key).text()));
        List.of("x-defender-permissions", "x-defender-quota").forEach(key -> findings.check(() -> need(key)));
        findings.check(() -> choice(need("x-defender-replay"), "safe", "unsafe"));
        findings.check(() -> strategy(need("x-defender-paging").need("strategy")));
        findings.check(this::timeout);
        findings.check(() -> {
            eachParameter();
            parameters(path);
        });
        findings.check(this::headers);
        findings.check(this::body);
        findings.check(this::response);
        findings.refuse();
    }

    private void eachParameter() {
        Findings findings = new Findings();
        declared().stream()
                .filter(parameter -> !isHeader(parameter))
                .forEach(parameter -> findings.check(() -> parameter(parameter)));
        findings.refuse();
    }

    private String id() {
        String id = need("operationId").text();
        if (!id.matches("[a-z][A-Za-z0-9]*")) {
            throw problem("the id must be a lower camel case name");
        }
        return id;
    }

    private String tag() {
        List<String> tags = need("tags").texts();
        if (tags.size() != 1) {
            throw problem("must have one tag");
        }
        return tags.get(0);
    }

    private static String strategy(Element element) {
        String value = element.text();
        if (!STRATEGIES.contains(value)) {
            throw element.problem("must be one of " + String.join(", ", STRATEGIES));
        }
        return value;
    }

    private static boolean choice(Element element, String no, String yes) {
        String value = element.text();
        if (!value.equals(no) && !value.equals(yes)) {
            throw element.problem("must be " + no + " or " + yes);
        }
        return value.equals(yes);
    }

    private Duration timeout() {
        Duration timeout;
        try {
            timeout = Duration.parse(need("x-defender-timeout").text());
        } catch (DateTimeException e) {
            throw problem("x-defender-timeout must be an ISO 8601 duration");
        }
        if (timeout.toSeconds() < 1 || timeout.toNanosPart() != 0) {
            throw problem("x-defender-timeout must be whole seconds, one or more");
        }
        return timeout;
    }

    private int maxResponse(Response response) {
        int bytes = element.number("x-defender-max-response", 0);
        if (bytes > 0 && (response.collection() || response.schema() == null)) {
            throw problem("x-defender-max-response needs a response with one entity");
        }
        return bytes;
    }

    private List<Element> declared() {
        List<Element> declared = new ArrayList<>();
        for (Element owner : List.of(item, element)) {
            owner.get("parameters").elements().forEach(parameter -> declared.add(parameter.followed()));
        }
        return declared;
    }

    private static boolean isHeader(Element parameter) {
        return parameter.need("in").text().equals("header");
    }

    /** A header is a property of the operation, not an argument of the caller, so it has one value. */
    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (successes().stream().anyMatch(success -> success.get("content").has(TEXT))) {
            headers.put("Accept", TEXT);
        }
        for (Element parameter : declared()) {
            if (isHeader(parameter)) {
                Element schema = parameter.need("schema").followed();
                if (!parameter.flag("required") || !schema.has("const")) {
                    throw parameter.problem("a header must be required and have a constant value");
                }
                headers.put(parameter.need("name").text(), schema.get("const").text());
            }
        }
        return headers;
    }

    private List<Parameter> parameters(String path) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Element parameter : declared()) {
            if (!isHeader(parameter)) {
                Parameter read = parameter(parameter);
                byName.put(read.wire() + " in " + read.location(), read);
            }
        }
        Set<String> inTemplate = new LinkedHashSet<>();
        Matcher names = TEMPLATE.matcher(path);
        while (names.find()) {
            inTemplate.add(names.group(1));
        }
        Set<String> declared = new LinkedHashSet<>();
        byName.values().stream()
                .filter(parameter -> parameter.location() == Location.PATH)
                .forEach(parameter -> declared.add(parameter.wire()));
        if (!declared.equals(inTemplate)) {
            throw problem("path parameters " + declared + " do not match the path " + path
                    + "; declare each name in braces, and no other, with in: path");
        }
        List<Parameter> all = new ArrayList<>(byName.values());
        all.addAll(parts());
        return List.copyOf(all);
    }

    private Parameter parameter(Element parameter) {
        parameter.allowExtensions(Set.of(GivenName.KEY, "x-defender-quoted"));
        boolean inPath = choice(parameter.need("in"), "query", "path");
        String wire = parameter.need("name").text();
        JavaType type = schemas.type(parameter.need("schema"));
        if (type.scalar().form() == JavaType.Form.OBJECT || type.scalar().form() == JavaType.Form.ANY) {
            throw parameter.problem("a parameter must be a text, number, boolean, time or enumeration");
        }
        if (type.isList() && (inPath || parameter.flag("explode") || !parameter.has("explode"))) {
            throw parameter.problem("a list must be in the query with explode: false");
        }
        return new Parameter(
                parameter,
                wire,
                inPath ? Location.PATH : Location.QUERY,
                inPath || parameter.flag("required"),
                parameter.flag("x-defender-quoted"),
                type);
    }

    private @Nullable JavaType body() {
        if (!element.has("requestBody") || multipart() != null) {
            return null;
        }
        Element schema = content(element.get("requestBody").followed());
        if (schema == null || !schema.has("$ref")) {
            throw problem("the request body must be a named schema");
        }
        JavaType type = schemas.type(schema);
        if (type.form() != JavaType.Form.OBJECT) {
            throw problem("the request body must be an object");
        }
        return type;
    }

    private @Nullable Element multipart() {
        Element media = element.get("requestBody").followed().get("content").get(MULTIPART);
        return media.exists() ? media.need("schema") : null;
    }

    private @Nullable String form() {
        Element schema = multipart();
        return schema == null ? null : schemas.className(schemas.referenced(schema));
    }

    private List<Parameter> parts() {
        Element reference = multipart();
        if (reference == null) {
            return List.of();
        }
        if (!reference.has("$ref") || !Schemas.isObject(reference.followed())) {
            throw problem("the multipart body must be a named object");
        }
        Element schema = reference.followed();
        List<String> required = schema.get("required").texts();
        List<Parameter> parts = new ArrayList<>();
        schema.get("properties").members().forEach((wire, property) -> {
            JavaType type = schemas.member(property);
            if (type.isList() || type.form() == JavaType.Form.OBJECT || type.form() == JavaType.Form.ANY) {
                throw property.problem("a part must be a file, text, number, boolean, time or enumeration");
            }
            boolean file = property.text("format", "").equals("binary");
            parts.add(new Parameter(
                    property, wire, file ? Location.FILE : Location.FORM, required.contains(wire), false, type));
        });
        return parts;
    }

    private static @Nullable Element content(Element holder) {
        Element content = holder.get("content");
        if (content.members().isEmpty()) {
            return null;
        }
        return content.need(JSON).need("schema");
    }

    private boolean wrapped(Response response) {
        boolean wrapped = element.flag("x-defender-wrapped");
        if (wrapped && (response.collection() || response.schema() == null)) {
            throw problem("x-defender-wrapped needs a response with one entity");
        }
        return wrapped;
    }

    private record Response(
            boolean collection,
            @Nullable String schema,
            @Nullable JavaType type) {}

    private Response response() {
        List<Response> responses = successes().stream().map(this::response).toList();
        if (responses.stream().distinct().count() != 1) {
            throw problem(
                    responses.isEmpty()
                            ? "has no successful response; add one"
                            : "its successful responses differ in schema");
        }
        return responses.get(0);
    }

    private List<Element> successes() {
        List<Element> successes = new ArrayList<>();
        need("responses").members().forEach((status, described) -> {
            if (status.startsWith("2")) {
                successes.add(described.followed());
            }
        });
        return successes;
    }

    private Response response(Element success) {
        Element text = success.get("content").get(TEXT);
        if (!text.exists()) {
            return json(content(success));
        }
        JavaType type = schemas.type(text.need("schema"));
        if (type.form() != JavaType.Form.INT && type.form() != JavaType.Form.LONG) {
            throw problem("a response in " + TEXT + " must be an integer, which is the same text in JSON");
        }
        return new Response(false, null, JavaType.LONG);
    }

    private Response json(@Nullable Element schema) {
        if (schema == null) {
            return new Response(false, null, null);
        }
        if (!schema.has("$ref")) {
            JavaType type = schemas.type(schema);
            if (type.isList()) {
                throw problem("the response must be a named schema");
            }
            // The upper bound of a count is not documented.
            return new Response(false, null, type.form() == JavaType.Form.INT ? JavaType.LONG : type);
        }
        String name = schemas.referenced(schema);
        Element named = schema.followed();
        if (!Schemas.isCollection(named)) {
            JavaType type = schemas.type(schema);
            if (type.isList()) {
                throw problem("the response must not be a plain list");
            }
            return new Response(false, name, type);
        }
        Element items = named.need("properties").need("value").need("items");
        return new Response(true, items.has("$ref") ? schemas.referenced(items) : null, schemas.type(items));
    }
}
