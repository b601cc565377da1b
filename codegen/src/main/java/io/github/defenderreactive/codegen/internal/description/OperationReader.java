package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.ResponseReader.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    private final String api;
    private final Element element;
    private final OperationElement operation;
    private final ParameterReader parameters;
    private final BodyReader body;
    private final ResponseReader response;

    private OperationReader(String api, Schemas schemas, Element item, Element element) {
        this.api = api;
        this.element = element;
        this.operation = new OperationElement(item, element);
        this.parameters = new ParameterReader(operation, schemas);
        this.body = new BodyReader(operation, schemas);
        this.response = new ResponseReader(operation, schemas);
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

    private OperationDescription read(String path, String method, Map<String, Element> ids) {
        check(path, ids);
        String id = id();
        Element permissions = operation.need("x-defender-permissions");
        Element quota = operation.need("x-defender-quota");
        Element paging = operation.need("x-defender-paging");
        Response response = this.response.read();
        String strategy = strategy(paging.need("strategy"));
        boolean paged = !strategy.equals("none");
        if (paged && !response.collection()) {
            throw operation.problem(
                    "a paged response must be an object with a list; name the member of the list with items in"
                            + " x-defender-paging, and a list that is the response with items: ''. A list that is not"
                            + " paged has the strategy none");
        }
        if (!paged && response.collection()) {
            throw operation.problem("returns a collection, so x-defender-paging must have a strategy");
        }
        String key = paging.has("key") ? paging.get("key").text() : null;
        String timeField = paging.has("field") ? paging.get("field").text() : null;
        List<String> filterable = element.get("x-defender-filterable").texts();
        if (strategy.equals(WINDOWS) != (timeField != null)) {
            throw operation.problem("field and the strategy " + WINDOWS + " must be used together");
        }
        if (timeField != null && (key == null || !filterable.contains(timeField))) {
            throw operation.problem("time windows need a key, and a field that $filter may use");
        }
        return new OperationDescription(
                element,
                api,
                id,
                tag(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.need("summary").text().strip(),
                operation.need("description").text().strip(),
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
                !choice(operation.need("x-defender-replay"), "safe", "unsafe"),
                element.has("x-defender-not-found") && choice(element.get("x-defender-not-found"), "error", "empty"),
                timeout(),
                all(parameters.parameters(path), body.parts()),
                filterable,
                source(),
                wrapped(response),
                response.schema(),
                response.type(),
                body.type(),
                body.kind(),
                body.mediaType(),
                body.form(),
                parameters.headers(),
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
                .forEach(key -> findings.check(() -> operation.need(key).text()));
        findings.check(this::source);
        List.of("x-defender-permissions", "x-defender-quota").forEach(key -> findings.check(() -> operation.need(key)));
        findings.check(() -> choice(operation.need("x-defender-replay"), "safe", "unsafe"));
        findings.check(() -> strategy(operation.need("x-defender-paging").need("strategy")));
        findings.check(this::timeout);
        findings.check(() -> {
            parameters.check();
            parameters.parameters(path);
            body.parts();
        });
        findings.check(parameters::headers);
        findings.check(body::type);
        findings.check(response::read);
        findings.refuse();
    }

    private static List<Parameter> all(List<Parameter> first, List<Parameter> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private Citation source() {
        operation.need(Citation.KEY);
        return Citation.of(element, element.root().get("info"));
    }

    private String id() {
        String id = operation.need("operationId").text();
        if (!id.matches("[a-z][A-Za-z0-9]*")) {
            throw operation.problem("the id must be a lower camel case name");
        }
        return id;
    }

    private String tag() {
        List<String> tags = operation.need("tags").texts();
        if (tags.size() != 1) {
            throw operation.problem("must have one tag");
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
            timeout = Duration.parse(operation.need("x-defender-timeout").text());
        } catch (DateTimeException e) {
            throw operation.problem("x-defender-timeout must be an ISO 8601 duration");
        }
        if (timeout.toSeconds() < 1 || timeout.toNanosPart() != 0) {
            throw operation.problem("x-defender-timeout must be whole seconds, one or more");
        }
        return timeout;
    }

    private int maxResponse(Response response) {
        int bytes = element.number("x-defender-max-response", 0);
        if (bytes > 0 && (response.collection() || response.schema() == null)) {
            throw operation.problem("x-defender-max-response needs a response with one entity");
        }
        return bytes;
    }

    private boolean wrapped(Response response) {
        boolean wrapped = element.flag("x-defender-wrapped");
        if (wrapped && (response.collection() || response.schema() == null)) {
            throw operation.problem("x-defender-wrapped needs a response with one entity");
        }
        return wrapped;
    }
}
