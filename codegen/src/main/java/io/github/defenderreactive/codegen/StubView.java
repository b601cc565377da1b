package io.github.defenderreactive.codegen;

import io.github.defenderreactive.codegen.OperationDescription.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the template of a stub sees. */
record StubView(String packageName, List<String> imports, String javadoc, String name, List<Method> methods) {

    private static final Set<String> TAKEN_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> TAKEN_PARAMETERS = Set.of("body", "form", "pipeline", "query");

    /** An operation. */
    record Method(
            String javadoc, boolean deprecated, String result, String name, String parameters, String statement) {}

    /** One stub per tag, in the order in which the description lists the tags. */
    static List<StubView> all(Element root, List<OperationDescription> operations, Packages packages) {
        Map<String, Element> tags = new LinkedHashMap<>();
        root.get("tags").elements().forEach(tag -> tags.put(tag.need("name").text(), tag));
        Map<String, List<OperationDescription>> byTag = new LinkedHashMap<>();
        tags.keySet().forEach(tag -> byTag.put(tag, new ArrayList<>()));
        for (OperationDescription operation : operations) {
            List<OperationDescription> ofTag = byTag.get(operation.tag());
            if (ofTag == null) {
                throw operation
                        .element()
                        .problem("operation " + operation.id() + ": tag " + operation.tag() + " is not listed");
            }
            ofTag.add(operation);
        }
        List<StubView> views = new ArrayList<>();
        byTag.forEach((tag, ofTag) -> {
            if (!ofTag.isEmpty()) {
                views.add(view(tag, tags.getOrDefault(tag, root).text("description", tag), ofTag, packages));
            }
        });
        return views;
    }

    private static StubView view(
            String tag, String description, List<OperationDescription> operations, Packages packages) {
        Imports imports = new Imports().add("Objects", "Pipeline");
        List<Method> methods = operations.stream()
                .map(operation -> method(operation, packages, imports))
                .toList();
        return new StubView(
                packages.api(),
                imports.sorted(packages.api()),
                new Javadoc()
                        .text(description)
                        .markup(
                                "Every publisher is cold: each subscription is a call of its own, and cancelling it stops"
                                        + " the work. Thread-safe.")
                        .block(0),
                JavaNames.type(tag) + "Api",
                methods);
    }

    private static Method method(OperationDescription operation, Packages packages, Imports imports) {
        JavaType answer = operation.answer();
        if (answer != null) {
            imports.type(answer, packages.model());
        }
        JavaType body = operation.body();
        if (body != null) {
            imports.type(body, packages.model());
        }
        imports.add(operation.collection() ? "PagedFlux" : "Mono");
        String result =
                (operation.collection() ? "PagedFlux<" : "Mono<") + (answer == null ? "Void" : answer.name()) + ">";
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> steps = new ArrayList<>();
        for (Parameter parameter : operation.pathParameters()) {
            imports.type(parameter.type(), packages.model());
            if (parameter.type().form() == JavaType.Form.TIME) {
                imports.add("JsonWriter");
            }
            if (parameter.type().form() == JavaType.Form.DOUBLE) {
                imports.add("BigDecimal");
            }
            String name = parameterName(parameter);
            if (parameters.put(name, parameter.type().primitive()) != null) {
                throw operation
                        .element()
                        .problem("operation " + operation.id() + ": two path parameters are " + name + " in Java");
            }
            steps.add(".path(" + JavaText.literal(parameter.wire()) + ", "
                    + parameter.type().argument(name) + ")");
        }
        String call = "Operations." + operation.constant() + ".call()";
        if (!operation.queryParameters().isEmpty()) {
            imports.generated(packages.query(), operation.queryType());
            parameters.put("query", operation.queryType());
            call = "query.applyTo(" + call + ")";
        }
        String form = operation.form();
        if (form != null) {
            imports.generated(packages.query(), form);
            parameters.put("form", form);
            call = "form.applyTo(" + call + ")";
        }
        if (body != null) {
            parameters.put("body", body.name());
            steps.add(".body(body)");
        }
        return new Method(
                javadoc(operation, parameters),
                operation.element().flag("deprecated"),
                result,
                JavaNames.free(JavaNames.member(operation.id()), TAKEN_METHODS),
                parameters.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ")),
                statement(operation, call, steps));
    }

    private static String statement(OperationDescription operation, String start, List<String> steps) {
        String entry = operation.collection() ? "paged" : operation.answer() == null ? "empty" : "single";
        String line = "return pipeline." + entry + "(" + start + String.join("", steps) + ".build());";
        if (8 + line.length() <= JavaText.WIDTH) {
            return line;
        }
        String separator = "\n" + " ".repeat(16);
        return "return pipeline." + entry + "(" + start + separator + String.join(separator, steps)
                + (steps.isEmpty() ? "" : separator) + ".build());";
    }

    private static String parameterName(Parameter parameter) {
        return JavaNames.free(JavaNames.member(parameter.wire()), TAKEN_PARAMETERS);
    }

    private static String javadoc(OperationDescription operation, Map<String, String> parameters) {
        Javadoc javadoc = new Javadoc().text(operation.summary()).text(operation.description());
        javadoc.markup(outcome(operation));
        javadoc.markup(permissions(operation));
        String quota = quota(operation);
        if (!quota.isEmpty()) {
            javadoc.markup(quota);
        }
        javadoc.markup("Documented in " + Javadoc.code(operation.source()) + ".");
        for (Parameter parameter : operation.pathParameters()) {
            String text = Javadoc.phrase(parameter.description());
            javadoc.tag("param", parameterName(parameter) + " " + (text.isEmpty() ? "the path argument" : text));
        }
        if (parameters.containsKey("query")) {
            javadoc.tag("param", "query the query arguments");
        }
        if (parameters.containsKey("form")) {
            javadoc.tag("param", "form the parts of the request");
        }
        if (parameters.containsKey("body")) {
            javadoc.tag("param", "body the request");
        }
        javadoc.tag("return", result(operation));
        if (operation.pathParameters().stream()
                .anyMatch(parameter -> parameter.type().form() == JavaType.Form.TEXT)) {
            javadoc.tag("throws", "IllegalArgumentException if a path argument is blank or a dot segment");
        }
        if (operation.element().flag("deprecated")) {
            javadoc.tag("deprecated", "by the service");
        }
        return javadoc.block(4);
    }

    private static String outcome(OperationDescription operation) {
        String absent = operation.emptyOnNotFound() ? ", or nothing where the service answers 404" : "";
        String error = " Errors with a {@link io.github.defenderreactive.runtime.error.DefenderException}.";
        String replay = operation.replaySafe()
                ? ""
                : " A call whose answer was lost is not repeated; it errors with"
                        + " {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException}.";
        if (operation.collection()) {
            String size =
                    operation.maxPageSize() > 0 ? " A page holds up to " + operation.maxPageSize() + " items." : "";
            return "Emits the items of all pages, one page request at a time and only on demand" + absent
                    + "; completes behind the last page." + size + error + replay;
        }
        return operation.answer() == null
                ? "Completes empty once the service has accepted the call." + error + replay
                : "Emits the answer" + absent + " and completes." + size(operation) + error + replay;
    }

    private static String size(OperationDescription operation) {
        return operation.maxResponse() > 0
                ? String.format(Locale.ROOT, " A response of up to %,d bytes is read.", operation.maxResponse())
                : "";
    }

    private static String permissions(OperationDescription operation) {
        return "Permissions: " + anyOf("application", operation.application()) + "; "
                + anyOf("delegated", operation.delegated()) + ".";
    }

    private static String anyOf(String kind, List<String> names) {
        return kind + " "
                + (names.isEmpty() ? "none" : names.stream().map(Javadoc::code).collect(Collectors.joining(" or ")));
    }

    private static String quota(OperationDescription operation) {
        List<String> windows = new ArrayList<>();
        if (operation.perMinute() > 0) {
            windows.add(calls(operation.perMinute()) + " a minute");
        }
        if (operation.perHour() > 0) {
            windows.add(calls(operation.perHour()) + " an hour");
        }
        if (windows.isEmpty()) {
            return "";
        }
        String group = operation.quotaGroup().equals(operation.id())
                ? ""
                : ", shared by the operations of group " + Javadoc.code(operation.quotaGroup());
        return "Limit: " + String.join(" and ", windows) + group + ".";
    }

    private static String calls(int number) {
        return number + (number == 1 ? " call" : " calls");
    }

    private static String result(OperationDescription operation) {
        JavaType answer = operation.answer();
        if (answer == null) {
            return "completion";
        }
        return operation.collection() ? "the items" : "the answer";
    }
}
