package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.Location;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parameters of an operation, and the headers that all its requests have. */
final class ParameterReader {

    private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}]*)}");

    private final OperationElement operation;
    private final Schemas schemas;

    ParameterReader(OperationElement operation, Schemas schemas) {
        this.operation = operation;
        this.schemas = schemas;
    }

    /** Checks each parameter alone. */
    void check() {
        Findings findings = new Findings();
        operation.parameters().stream()
                .filter(parameter -> !isHeader(parameter))
                .forEach(parameter -> findings.check(() -> read(parameter)));
        findings.refuse();
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

    /** Returns the headers that every request has, with their values. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        operation.successes().stream()
                .map(Content::of)
                .filter(content -> content != null && !content.isPlainJson())
                .findFirst()
                .ifPresent(content -> headers.put("Accept", content.type()));
        for (Element parameter : operation.parameters()) {
            if (isConstant(parameter)) {
                Element schema = parameter.need("schema").followed();
                headers.put(parameter.need("name").text(), schema.get("const").text());
            }
        }
        return headers;
    }

    /**
     * Returns the parameters in the path, the query and headers.
     *
     * @throws DescriptionException if those in the path are not those of the path's template
     */
    List<Parameter> parameters(String path) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Element parameter : operation.parameters()) {
            if (!isConstant(parameter) && !isIgnored(parameter)) {
                Parameter read = read(parameter);
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
            throw operation.problem("path parameters " + declared + " do not match the path " + path
                    + "; declare each name in braces, and no other, with in: path");
        }
        return List.copyOf(byName.values());
    }

    private Parameter read(Element parameter) {
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

    /** Returns whether a value of a type is one text in a request. */
    static boolean isArgument(JavaType type) {
        return switch (type.form()) {
            case OBJECT, ANY, LIST, MAP -> false;
            default -> true;
        };
    }
}
