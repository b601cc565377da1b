package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Unions;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public Java elements that are generated from a description, with the parts of the description they are from. */
public final class Surface {

    private static final Pattern CONSTANT = Pattern.compile("public static final (\\S.*?) (\\S+) =", Pattern.DOTALL);

    private final Element root;
    private final Sources sources;
    private final Map<String, Object> views = new LinkedHashMap<>();
    private final List<Group> groups;

    private Surface(Element root) {
        this.root = root;
        this.sources = new Sources(root, new Packages("model", "query", "api"));
        sources.all().forEach(source -> views.put(source.packageName() + "." + source.className(), source.view()));
        this.groups = Group.all(root, sources.operations());
    }

    /** Returns the surface of a description that code can be generated from. */
    public static Surface of(Element root) {
        return new Surface(root);
    }

    public Element root() {
        return root;
    }

    public Schemas schemas() {
        return sources.schemas();
    }

    public Unions unions() {
        return sources.unions();
    }

    public List<OperationDescription> operations() {
        return sources.operations();
    }

    public List<Group> groups() {
        return groups;
    }

    /** Returns the class of a schema that has one. */
    public boolean hasClass(String schema) {
        return views.containsKey("model." + schemas().className(schema));
    }

    /** Returns the name of the class that returns the groups. */
    public String entry() {
        return views.values().stream()
                .filter(EntryView.class::isInstance)
                .map(view -> ((EntryView) view).name())
                .findFirst()
                .orElse("");
    }

    /** A property of a model. */
    public record Property(
            String name,
            String type,
            boolean required,
            boolean secret,
            boolean deprecated,
            List<String> choices,
            String start,
            String result) {}

    /** Returns the properties of a model by wire name; empty if the schema has another kind of class. */
    public Map<String, Property> properties(String schema) {
        Map<String, Property> properties = new LinkedHashMap<>();
        if (views.get("model." + schemas().className(schema)) instanceof ModelView model) {
            for (String wire : names(root.get("components").get("schemas").get(schema))) {
                String literal = JavaText.literal(wire);
                model.members().stream()
                        .filter(member -> member.wire().equals(literal))
                        .forEach(member -> properties.put(
                                wire,
                                new Property(
                                        member.field(),
                                        member.type().name(),
                                        member.required(),
                                        member.secret(),
                                        member.deprecated(),
                                        member.choices().stream()
                                                .map(ModelView.Choice::method)
                                                .toList(),
                                        start(model, member),
                                        member.accessorResult())));
            }
        }
        return properties;
    }

    private static List<String> names(Element schema) {
        return schema == null
                ? List.of()
                : List.copyOf(schema.get("properties").members().keySet());
    }

    private static String start(ModelView model, ModelView.Member member) {
        ModelView.Preset preset = model.preset();
        return preset != null && preset.setter().equals(member.field()) ? preset.value() : "";
    }

    /** Returns the names of the constants of an enumeration in the order of its values. */
    public List<String> constants(String schema) {
        return views.get("model." + schemas().className(schema)) instanceof EnumView view
                ? view.constants().stream().map(EnumView.Constant::name).toList()
                : List.of();
    }

    /** An argument of a query or a form. */
    public record Argument(String name, String type, String setter, boolean required, String check) {}

    /** Returns the arguments of a query or form by wire name; empty if there is no such class. */
    public Map<String, Argument> arguments(String className) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        if (views.get("query." + className) instanceof QueryView view) {
            view.arguments()
                    .forEach(argument -> arguments.put(
                            argument.wire(),
                            new Argument(
                                    argument.field(),
                                    argument.type(),
                                    argument.setterParameter()
                                            .substring(
                                                    0,
                                                    argument.setterParameter().lastIndexOf(' ')),
                                    argument.required(),
                                    Objects.toString(argument.check(), ""))));
        }
        return arguments;
    }

    /** Returns the names of the properties of an entity that filters may use, with their types. */
    public Map<String, String> fields(String schema) {
        String name = schemas().className(schema) + "Fields";
        Map<String, String> fields = new LinkedHashMap<>();
        if (views.get("query." + name) instanceof FieldsView view) {
            view.fields().forEach(field -> fields.put(name + "." + field.name(), field.type()));
            view.flags().forEach(field -> fields.put(name + "." + field.name() + "(boolean)", "Filter"));
            view.lists().forEach(field -> fields.put(name + "." + field.name() + "(String)", "Filter"));
        }
        return fields;
    }

    /** Returns the forms of the method of an operation with the types of their parameters, the longest first. */
    public List<String> methods(OperationDescription operation) {
        return Signature.all(operation).stream().map(Signature::erasure).toList();
    }

    /** Returns the type that the methods of an operation return. */
    public String result(OperationDescription operation) {
        List<String> forms = methods(operation);
        return groups.stream()
                .filter(group -> group.tag().equals(operation.tag()))
                .map(group -> views.get("api." + group.type()))
                .filter(GroupView.class::isInstance)
                .flatMap(view -> ((GroupView) view).methods().stream())
                .filter(method -> forms.contains(form(method)))
                .map(GroupView.Method::result)
                .findFirst()
                .orElse("");
    }

    private static String form(GroupView.Method method) {
        return method.name() + "(" + String.join(", ", types(method.parameters())) + ")";
    }

    /** Returns all public elements but constructors, with their types; a class has an empty type. */
    public Map<String, String> elements() {
        Map<String, String> all = new LinkedHashMap<>();
        views.forEach((key, view) -> {
            String name = key.substring(key.indexOf('.') + 1);
            if (!name.equals("package-info") && !(view instanceof GroupOperationsView)) {
                all.put(name, "");
                elements(name, view, all);
            }
        });
        return all;
    }

    private static void elements(String name, Object view, Map<String, String> all) {
        if (view instanceof ModelView model) {
            model.members().forEach(member -> {
                all.put(name + "." + member.field() + "()", member.type().name());
                all.put(
                        name + ".Builder." + member.field() + "("
                                + member.type().name() + ")",
                        "Builder");
            });
            if (model.patch()) {
                all.put(name + ".nullMembers()", "Set<String>");
            }
            if (model.unionCase()) {
                List.of(model.interfaces().split(", ", -1)).forEach(type -> all.put(name + " implements " + type, ""));
            }
        } else if (view instanceof EnumView values) {
            values.constants().forEach(constant -> all.put(name + "." + constant.name(), name));
            if (!values.finals().isEmpty()) {
                all.put(name + ".isFinal()", "boolean");
            }
        } else if (view instanceof QueryView query) {
            if (!query.needs()) {
                all.put(name + ".all()", name);
            }
            query.arguments().forEach(argument -> {
                all.put(name + "." + argument.field() + "()", argument.type());
                all.put(
                        name + ".Builder." + argument.field() + "("
                                + argument.setterParameter()
                                        .substring(0, argument.setterParameter().lastIndexOf(' ')) + ")",
                        "Builder");
            });
        } else if (view instanceof FieldsView fields) {
            fields.fields().forEach(field -> all.put(name + "." + field.name(), field.type()));
            fields.flags().forEach(field -> all.put(name + "." + field.name() + "(boolean)", "Filter"));
            fields.lists().forEach(field -> all.put(name + "." + field.name() + "(String)", "Filter"));
        } else if (view instanceof GroupView group) {
            group.methods().forEach(method -> all.put(name + "." + form(method), method.result()));
        } else if (view instanceof OperationsView operations) {
            operations.operations().forEach(operation -> {
                Matcher constant = CONSTANT.matcher(operation.declaration().strip());
                if (constant.lookingAt()) {
                    all.put(name + "." + constant.group(2), constant.group(1));
                }
            });
        } else if (view instanceof EntryView entry) {
            entry.groups().forEach(group -> all.put(name + "." + group.name() + "()", group.type()));
        } else if (view instanceof FileExportsView exports) {
            exports.exports()
                    .forEach(export -> all.put(name + "." + export.name(), "FileExport<" + export.type() + ">"));
        }
    }

    /** Returns the types of declared parameters, whose arguments may have commas in between. */
    private static List<String> types(String parameters) {
        List<String> types = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= parameters.length(); i++) {
            char c = i < parameters.length() ? parameters.charAt(i) : ',';
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                String parameter = parameters.substring(start, i).strip();
                if (!parameter.isEmpty()) {
                    types.add(parameter.substring(0, parameter.lastIndexOf(' ')));
                }
                start = i + 1;
            }
        }
        return types;
    }
}
