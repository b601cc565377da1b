package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.Secrets;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data of the template of a query object or of the parts of a multipart body. */
record QueryView(
        String packageName,
        List<String> imports,
        String javadoc,
        String name,
        String kind,
        String adder,
        String operation,
        boolean needs,
        String refusal,
        List<Argument> arguments,
        List<Argument> texts,
        List<Argument> files,
        List<Argument> headers,
        List<Argument> lists) {

    private static final Set<JavaType.Form> NUMBERS =
            EnumSet.of(JavaType.Form.INT, JavaType.Form.LONG, JavaType.Form.DOUBLE, JavaType.Form.DECIMAL);

    /** Returns the arguments that are not texts of the query or the form. */
    List<Argument> others() {
        return Stream.of(files, headers, lists).flatMap(List::stream).toList();
    }

    /** A query parameter or a part of a form. */
    record Argument(
            String wire,
            String field,
            String type,
            String accessorJavadoc,
            String setterJavadoc,
            String setterParameter,
            @Nullable String check,
            String setterValue,
            String text,
            boolean required,
            Kind kind,
            String shown) {

        /** The form in which an argument is sent. */
        enum Kind {
            TEXT,
            FILE,
            HEADER,
            LIST
        }
    }

    static QueryView query(OperationDescription operation, Packages packages) {
        return of(operation, operation.queryParameters(), operation.queryType(), "query", "query", packages);
    }

    static QueryView form(OperationDescription operation, Packages packages) {
        String name = Objects.requireNonNull(operation.form(), operation.id());
        return of(operation, operation.formParameters(), name, "form", "form", packages);
    }

    private static QueryView of(
            OperationDescription operation,
            List<Parameter> parameters,
            String name,
            String kind,
            String adder,
            Packages packages) {
        Imports imports = new Imports().add("Call", "LinkedHashMap", "Map", "Nullable");
        Map<String, String> wireByField = new LinkedHashMap<>();
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String field = parameter.argument();
            String other = wireByField.putIfAbsent(field, parameter.wire());
            if (other != null) {
                throw parameter
                        .element()
                        .problem("parameters " + other + " and " + parameter.wire() + " of " + operation.id()
                                + " are both " + field
                                + " in Java; give one of them another name with x-defender-name");
            }
            arguments.add(argument(parameter, field, operation, imports, packages));
        }
        boolean needs = arguments.stream().anyMatch(Argument::required);
        if (needs) {
            imports.add("ArrayList", "List");
        }
        return new QueryView(
                packages.query(),
                imports.sorted(packages.query()),
                new Javadoc()
                        .markup("The " + kind + " of " + Javadoc.code(operation.id())
                                + (operation.summary().isEmpty()
                                        ? "."
                                        : ": " + lower(Javadoc.phrase(operation.summary())) + "."))
                        .markup("Immutable. An argument that is not set is not sent.")
                        .block(0),
                name,
                kind,
                adder,
                operation.id(),
                needs,
                JavaText.refusal(operation.id()),
                arguments,
                of(arguments, Argument.Kind.TEXT),
                of(arguments, Argument.Kind.FILE),
                of(arguments, Argument.Kind.HEADER),
                of(arguments, Argument.Kind.LIST));
    }

    private static List<Argument> of(List<Argument> arguments, Argument.Kind kind) {
        return arguments.stream().filter(argument -> argument.kind() == kind).toList();
    }

    private static String lower(String phrase) {
        return phrase.isEmpty() || phrase.startsWith("<") || phrase.startsWith("&")
                ? phrase
                : phrase.substring(0, 1).toLowerCase(Locale.ROOT) + phrase.substring(1);
    }

    private static Argument argument(
            Parameter parameter, String field, OperationDescription operation, Imports imports, Packages packages) {
        if (parameter.isFile()) {
            return file(parameter, field, operation, imports);
        }
        JavaType type = parameter.type();
        boolean filter = parameter.wire().equals("$filter") && type.form() == JavaType.Form.TEXT;
        boolean primitive = !type.primitive().equals(type.name());
        imports.type(type, packages.model());
        if (filter) {
            imports.add("Filter");
        }
        if (!primitive && !type.isList()) {
            imports.add("Objects");
        }
        imports.argument(type);
        Argument.Kind kind = parameter.location() == OperationDescription.Location.HEADER
                ? Argument.Kind.HEADER
                : parameter.exploded() ? Argument.Kind.LIST : Argument.Kind.TEXT;
        if (type.isCollected() && kind != Argument.Kind.LIST) {
            imports.add("Collectors");
        }
        if (kind != Argument.Kind.TEXT) {
            imports.add("Objects");
        }
        String javaType = filter ? "Filter" : type.name();
        String setterType = type.isList() ? type.scalar().name() + "..." : filter ? "Filter" : type.primitive();
        String value = primitive
                ? field
                : type.isList()
                        ? "List.of(" + field + ")"
                        : "Objects.requireNonNull(" + field + ", " + JavaText.literal(field) + ")";
        String check = check(parameter, field);
        return new Argument(
                JavaText.literal(parameter.wire()),
                field,
                javaType,
                accessorJavadoc(parameter),
                setterJavadoc(parameter, field, operation, check),
                setterType + " " + field,
                check,
                value,
                filter
                        ? field + ".expression()"
                        : kind == Argument.Kind.LIST ? type.arguments(field) : type.argument(field),
                parameter.required(),
                kind,
                Secrets.isSecret(parameter.schema()) ? "(" + field + " == null ? null : \"(hidden)\")" : field);
    }

    private static Argument file(Parameter parameter, String field, OperationDescription operation, Imports imports) {
        imports.add("FileContent", "Objects");
        return new Argument(
                JavaText.literal(parameter.wire()),
                field,
                "FileContent",
                accessorJavadoc(parameter),
                setterJavadoc(parameter, field, operation, null),
                "FileContent " + field,
                null,
                "Objects.requireNonNull(" + field + ", " + JavaText.literal(field) + ")",
                field + ".fileName()",
                parameter.required(),
                Argument.Kind.FILE,
                field);
    }

    private static String accessorJavadoc(Parameter parameter) {
        return described(parameter)
                .tag("return", "the value, or null if it is not sent")
                .block(4);
    }

    private static String setterJavadoc(
            Parameter parameter, String field, OperationDescription operation, @Nullable String check) {
        Javadoc javadoc = described(parameter);
        if (parameter.wire().equals("$filter") && !operation.filterable().isEmpty()) {
            javadoc.markup("Filterable properties: "
                    + String.join(
                            ", ",
                            operation.filterable().stream().map(Javadoc::code).toList()) + ".");
        }
        javadoc.tag("param", field + (parameter.type().isList() ? " the values" : " the value"))
                .tag("return", "this builder");
        if (check != null) {
            javadoc.tag("throws", "IllegalArgumentException if the value is out of range");
        }
        return javadoc.block(8);
    }

    private static Javadoc described(Parameter parameter) {
        Javadoc javadoc = new Javadoc().text(parameter.description());
        if (javadoc.isEmpty()) {
            javadoc.markup("The parameter " + Javadoc.code(parameter.wire()) + ".");
        }
        Element schema = parameter.schema().followed();
        boolean told = parameter.description().toLowerCase(Locale.ROOT).contains("default");
        return schema.hasValue("default") && !told
                ? javadoc.markup("If it is not sent, the service uses "
                        + Javadoc.code(schema.get("default").shown()) + ".")
                : javadoc;
    }

    /** The statement that refuses a value out of the documented range. */
    private static @Nullable String check(Parameter parameter, String field) {
        Element schema = parameter.schema().followed();
        boolean low = schema.has("minimum");
        boolean high = schema.has("maximum");
        if (!NUMBERS.contains(parameter.type().form()) || (!low && !high)) {
            return null;
        }
        String minimum = schema.get("minimum").node().asText();
        String maximum = schema.get("maximum").node().asText();
        boolean decimal = parameter.type().form() == JavaType.Form.DECIMAL;
        String below = decimal
                ? field + ".compareTo(new BigDecimal(" + JavaText.literal(minimum) + ")) < 0"
                : field + " < " + literal(schema.get("minimum"), parameter.type());
        String above = decimal
                ? field + ".compareTo(new BigDecimal(" + JavaText.literal(maximum) + ")) > 0"
                : field + " > " + literal(schema.get("maximum"), parameter.type());
        String range = low && high
                ? "between " + minimum + " and " + maximum
                : low ? "at least " + minimum : "at most " + maximum;
        return "if (" + (low && high ? below + " || " + above : low ? below : above) + ") {\n"
                + " ".repeat(16) + "throw new IllegalArgumentException("
                + JavaText.literal(parameter.wire() + " must be " + range + ": ") + " + " + field + ");\n"
                + " ".repeat(12) + "}";
    }

    private static String literal(Element bound, JavaType type) {
        return switch (type.form()) {
            case LONG -> bound.node().bigIntegerValue() + "L";
            case DOUBLE -> Double.toString(bound.node().doubleValue());
            default -> bound.node().bigIntegerValue().toString();
        };
    }
}
