package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.BodyKind;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Location;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Shape;
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
            Citation.KEY,
            "x-defender-timeout",
            "x-defender-wrapped");
    private static final String WINDOWS = "time-window";
    private static final List<String> STRATEGIES = List.of(
            "none",
            "next-link",
            "sized-link",
            "skip-token",
            "offset",
            WINDOWS,
            PageShape.CURSOR,
            PageShape.PAGE_NUMBER,
            PageShape.LINK_HEADER);
    private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}]*)}");

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
            throw problem("a paged response must be an object with a list; name the member of the list with items in"
                    + " x-defender-paging, and a list that is the response with items: ''. A list that is not"
                    + " paged has the strategy none");
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
                response.shape(),
                response.lines(),
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
                source(),
                wrapped(response),
                response.schema(),
                response.type(),
                body(),
                bodyKind(),
                mediaType(),
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
        List.of("summary", "description")
                .forEach(key -> findings.check(() -> need(key).text()));
        findings.check(this::source);
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

    private Citation source() {
        need(Citation.KEY);
        return Citation.of(element, element.root().get("info"));
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

    /** Returns whether a header is a property of the operation, not an argument of the caller, so it has one value. */
    private static boolean isConstant(Element parameter) {
        return isHeader(parameter)
                && parameter.flag("required")
                && parameter.get("schema").followed().has("const");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        successes().stream()
                .map(Content::of)
                .filter(content -> content != null && !content.isPlainJson())
                .findFirst()
                .ifPresent(content -> headers.put("Accept", content.type()));
        for (Element parameter : declared()) {
            if (isConstant(parameter)) {
                Element schema = parameter.need("schema").followed();
                headers.put(parameter.need("name").text(), schema.get("const").text());
            }
        }
        return headers;
    }

    private List<Parameter> parameters(String path) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Element parameter : declared()) {
            if (!isConstant(parameter) && !isIgnored(parameter)) {
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
        String wire = parameter.need("name").text();
        Location location = location(parameter, wire);
        if (parameter.has("content")) {
            throw parameter.problem(
                    "parameter " + wire + " has a content, not a schema; describe it with a schema of the"
                            + " type string, which is the text of that content");
        }
        if (parameter.flag("allowReserved")) {
            throw parameter
                    .get("allowReserved")
                    .problem("reserved characters are always percent-encoded; remove allowReserved if the service"
                            + " decodes them, as most do");
        }
        JavaType type = schemas.type(parameter.need("schema"));
        if (!isArgument(type.isList() ? type.inner() : type)) {
            throw parameter.problem(
                    "a parameter must be a text, number, boolean, time or enumeration, or a list of them;"
                            + " describe each member of an object as a parameter of its own");
        }
        return new Parameter(
                parameter,
                wire,
                location,
                location == Location.PATH || parameter.flag("required"),
                parameter.flag("x-defender-quoted"),
                location == Location.QUERY && type.isList() && (parameter.flag("explode") || !parameter.has("explode")),
                type);
    }

    private static boolean isArgument(JavaType type) {
        return switch (type.form()) {
            case OBJECT, ANY, LIST, MAP -> false;
            default -> true;
        };
    }

    /** Returns whether OpenAPI says that a parameter means nothing, because other parts describe that header. */
    private static boolean isIgnored(Element parameter) {
        return isHeader(parameter)
                && Set.of("accept", "authorization", "content-type")
                        .contains(parameter.need("name").text().toLowerCase(Locale.ROOT));
    }

    private static Location location(Element parameter, String wire) {
        String location = parameter.need("in").text();
        return switch (location) {
            case "path" -> Location.PATH;
            case "query" -> Location.QUERY;
            case "header" -> {
                if (!HeaderNames.isFree(wire)) {
                    throw parameter.problem("header " + wire + " is set by the client; remove the parameter");
                }
                yield Location.HEADER;
            }
            case "cookie" ->
                throw parameter.problem(
                        "cookie " + wire + ": the client does not send cookies; remove the parameter, or"
                                + " describe it in the query or a header if the service accepts it there");
            default -> throw parameter.get("in").problem("must be path, query or header; correct it");
        };
    }

    private @Nullable Content request() {
        if (!element.has("requestBody")) {
            return null;
        }
        Content content = Content.of(element.get("requestBody").followed());
        if (content == null) {
            throw problem("the request body needs content; describe application/json, or remove requestBody");
        }
        return content;
    }

    private @Nullable BodyKind bodyKind() {
        Content content = request();
        if (content == null || content.isForm()) {
            return null;
        }
        return switch (content.kind()) {
            case JSON -> BodyKind.JSON;
            case TEXT -> BodyKind.TEXT;
            default -> BodyKind.BYTES;
        };
    }

    /** Returns the media type of the request body where the runtime would use another one. */
    private String mediaType() {
        Content content = request();
        return content == null || content.isPlainJson() || content.kind() == Content.Kind.MULTIPART
                ? ""
                : content.type();
    }

    private @Nullable JavaType body() {
        Content content = request();
        BodyKind kind = bodyKind();
        if (content == null || kind == null) {
            return null;
        }
        if (kind == BodyKind.BYTES) {
            return JavaType.FILE;
        }
        if (!content.schema().exists()) {
            if (kind == BodyKind.TEXT) {
                return JavaType.TEXT;
            }
            throw problem("the request body needs a schema; mark a free value with x-defender-any");
        }
        JavaType type = schemas.type(content.schema());
        return kind == BodyKind.TEXT && !isArgument(type) ? JavaType.TEXT : type;
    }

    private @Nullable Element formSchema() {
        Content content = request();
        if (content == null || !content.isForm()) {
            return null;
        }
        if (!content.schema().has("$ref") || !Schemas.isObject(content.schema().followed())) {
            throw problem("the form must be a named object");
        }
        return content.schema();
    }

    private @Nullable String form() {
        Element schema = formSchema();
        return schema == null ? null : schemas.className(schemas.referenced(schema));
    }

    private List<Parameter> parts() {
        Element reference = formSchema();
        if (reference == null) {
            return List.of();
        }
        Element schema = reference.followed();
        List<String> required = schema.get("required").texts();
        List<Parameter> parts = new ArrayList<>();
        schema.get("properties").members().forEach((wire, property) -> {
            JavaType type = schemas.member(property);
            boolean file = property.text("format", "").equals("binary");
            if (!isArgument(type) || file && !mediaType().isEmpty()) {
                throw property.problem(
                        "a part must be a " + (mediaType().isEmpty() ? "file, " : "") + "text, number, boolean, time or"
                                + " enumeration; describe another part as a text, or send it as multipart/form-data");
            }
            parts.add(new Parameter(
                    property, wire, file ? Location.FILE : Location.FORM, required.contains(wire), false, false, type));
        });
        return parts;
    }

    private boolean wrapped(Response response) {
        boolean wrapped = element.flag("x-defender-wrapped");
        if (wrapped && (response.collection() || response.schema() == null)) {
            throw problem("x-defender-wrapped needs a response with one entity");
        }
        return wrapped;
    }

    private record Response(
            Shape shape,
            boolean lines,
            @Nullable String schema,
            @Nullable JavaType type) {

        static Response of(Shape shape, @Nullable String schema, @Nullable JavaType type) {
            return new Response(shape, false, schema, type);
        }

        boolean collection() {
            return shape == Shape.COLLECTION;
        }
    }

    private Response response() {
        List<Response> responses = successes().stream().map(this::response).toList();
        if (responses.stream().distinct().count() != 1) {
            throw problem(
                    responses.isEmpty()
                            ? "needs a successful response; add one"
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
        Content content = Content.of(success);
        if (content == null) {
            return Response.of(Shape.EMPTY, null, null);
        }
        return switch (content.kind()) {
            case JSON -> json(success.get("content"), content.schema());
            case LINES -> lines(content);
            case TEXT, FORM -> text(content);
            case BYTES, MULTIPART -> Response.of(Shape.BYTES, null, JavaType.BUFFER);
        };
    }

    /** An integer is the same text in JSON. */
    private Response text(Content content) {
        JavaType type = content.schema().exists() ? schemas.type(content.schema()) : JavaType.TEXT;
        return type.form() == JavaType.Form.INT || type.form() == JavaType.Form.LONG
                ? Response.of(Shape.SINGLE, null, JavaType.LONG)
                : Response.of(Shape.TEXT, null, JavaType.TEXT);
    }

    /** The schema is that of a line, or of the list of all lines. */
    private Response lines(Content content) {
        if (!content.schema().exists()) {
            throw problem("the response needs a schema; mark a free value with x-defender-any");
        }
        Element schema = content.schema().followed();
        boolean list = Schemas.typeName(schema).equals("array");
        Element item = list ? schema.need("items") : content.schema();
        return new Response(Shape.ITEMS, true, itemSchema(item), schemas.type(item));
    }

    private @Nullable String itemSchema(Element item) {
        return item.has("$ref") && Schemas.isObject(item.followed()) ? schemas.referenced(item) : null;
    }

    private Response page(Element item) {
        return Response.of(Shape.COLLECTION, item.has("$ref") ? schemas.referenced(item) : null, schemas.type(item));
    }

    private Response json(Element content, Element schema) {
        if (!schema.exists()) {
            throw content.problem("the response needs a schema; mark a free value with x-defender-any");
        }
        boolean named = schema.has("$ref");
        Element followed = schema.followed();
        if (named && Schemas.isCollection(followed)) {
            return page(PageShape.of(need("x-defender-paging")).item(followed));
        }
        JavaType type = schemas.type(schema);
        Element paging = need("x-defender-paging");
        if (type.isList()
                && !paging.text("strategy", "none").equals("none")
                && PageShape.of(paging).isBare()) {
            return page(followed.need("items"));
        }
        if (type.isList()) {
            return Response.of(Shape.ITEMS, itemSchema(followed.need("items")), type.inner());
        }
        // The upper bound of a count is not documented.
        return Response.of(
                Shape.SINGLE,
                named ? schemas.referenced(schema) : null,
                !named && type.form() == JavaType.Form.INT ? JavaType.LONG : type);
    }
}
