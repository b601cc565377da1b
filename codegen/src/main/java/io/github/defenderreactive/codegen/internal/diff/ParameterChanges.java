package io.github.defenderreactive.codegen.internal.diff;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.view.Surface.Argument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds changes of what a caller gives to an operation: path arguments, a query, a body. */
final class ParameterChanges {

    private final Comparison comparison;
    private final OperationDescription old;
    private final OperationDescription now;
    private final String name;
    private final Pointer place;
    private final List<String> lost;
    private final List<String> gained;

    ParameterChanges(Comparison comparison, OperationDescription old, OperationDescription now, String name) {
        this.comparison = comparison;
        this.old = old;
        this.now = now;
        this.name = name;
        this.place = now.element().place();
        List<String> before = forms(comparison.before().methods(old), old);
        List<String> after = forms(comparison.after().methods(now), now);
        Pairs pairs = Pairs.of(before, after);
        this.lost = pairs.removed();
        this.gained = pairs.added();
    }

    /** Returns the forms of the method under its new name, so that forms of renamed operations are comparable. */
    private List<String> forms(List<String> methods, OperationDescription operation) {
        return methods.stream()
                .map(form -> name
                        + comparison.mapped(
                                form.substring(operation.methodName().length())))
                .toList();
    }

    void find() {
        path();
        body();
        new Arguments(old.queryType(), now.queryType(), old.queryParameters(), now.queryParameters(), "query parameter")
                .find(true);
        String form = old.form();
        if (form != null && now.form() != null && comparison.mapped(form).equals(now.form())) {
            new Arguments(form, now.form(), old.formParameters(), now.formParameters(), "part").find(false);
        }
    }

    private void path() {
        List<Parameter> before = old.pathParameters();
        List<Parameter> after = now.pathParameters();
        List<String> was = types(before);
        List<String> is = types(after);
        if (!was.equals(is)) {
            comparison.add(
                    "path-parameter-retyped",
                    place,
                    List.of(name + "(" + String.join(", ", was) + ")"),
                    List.of(name + "(" + String.join(", ", is) + ")"),
                    Verdict.BREAKING,
                    name + " has the path arguments " + is + ", before " + was);
            return;
        }
        if (!positions(old).equals(positions(now))) {
            comparison.add(
                    "path-parameters-reordered",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.WIRE,
                    name + " writes its arguments to the path in another order");
        }
        for (int i = 0; i < before.size(); i++) {
            Parameter a = before.get(i);
            Parameter b = after.get(i);
            if (!a.name().equals(b.name()) || !a.wire().equals(b.wire())) {
                comparison.add(
                        "path-parameter-renamed",
                        b.element().place(),
                        List.of(name),
                        List.of(name),
                        Verdict.COMPATIBLE,
                        "The path argument " + a.name() + " of " + name + " is now " + b.name()
                                + ", which is only the name of a Java parameter");
            }
            quoted(a, b);
        }
    }

    private void quoted(Parameter a, Parameter b) {
        if (a.quoted() != b.quoted()) {
            comparison.add(
                    "parameter-quoted",
                    b.element().place(),
                    List.of(name),
                    List.of(name),
                    Verdict.WIRE,
                    name + " writes " + b.wire() + (b.quoted() ? " in quotes" : " without quotes"));
        }
    }

    private List<String> types(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> comparison.mapped(parameter.type().primitive()))
                .toList();
    }

    /** Returns the places of the arguments in the path. */
    private static List<Integer> positions(OperationDescription operation) {
        List<Integer> offsets = operation.pathParameters().stream()
                .map(parameter -> operation.path().indexOf("{" + parameter.wire() + "}"))
                .toList();
        List<Integer> sorted = offsets.stream().sorted().toList();
        return offsets.stream().map(sorted::indexOf).toList();
    }

    /** Returns the lost methods and the class of the form, which is not a schema. */
    private List<String> withForm() {
        List<String> names = new ArrayList<>(lost);
        if (old.form() != null) {
            names.add(old.form());
        }
        return names;
    }

    private static String media(OperationDescription operation) {
        Element content = operation.element().get("requestBody").followed().get("content");
        return String.join(" or ", content.members().keySet());
    }

    private @Nullable String bodyType(OperationDescription operation) {
        JavaType body = operation.body();
        return body == null ? operation.form() : body.name();
    }

    private void body() {
        String was = bodyType(old);
        String is = bodyType(now);
        String mapped = was == null ? null : comparison.mapped(was);
        Pointer at = place.child("requestBody");
        if (was == null && is == null) {
            return;
        }
        if (was == null) {
            boolean required = now.isBodyRequired();
            comparison.add(
                    "body-added",
                    at,
                    required ? lost : List.of(),
                    gained,
                    required ? Verdict.BREAKING : Verdict.COMPATIBLE,
                    name + (required ? " needs a body, " : " can have a body, ") + is);
        } else if (is == null) {
            comparison.add(
                    "body-removed",
                    at,
                    withForm(),
                    gained,
                    Verdict.BREAKING,
                    name + " no longer has a body, before " + was);
        } else if (!is.equals(mapped)) {
            comparison.add(
                    "body-retyped",
                    at,
                    withForm(),
                    gained,
                    Verdict.BREAKING,
                    name + " has a body of the type " + is + ", before " + was);
        } else if (old.isBodyRequired() && !now.isBodyRequired()) {
            comparison.add(
                    "body-optional", at, List.of(), gained, Verdict.COMPATIBLE, name + " can be called without a body");
        } else if (!old.isBodyRequired() && now.isBodyRequired()) {
            comparison.add(
                    "body-required", at, lost, List.of(), Verdict.BREAKING, name + " cannot be called without a body");
        }
        if (is != null && is.equals(mapped)) {
            comparison.fact(
                    "body-media",
                    at,
                    name,
                    Verdict.WIRE,
                    media(old),
                    media(now),
                    change -> name + " sends its body as " + media(now) + ", before as " + media(old));
        }
    }

    /** The arguments of a query or of a form. */
    private final class Arguments {

        private final String oldClass;
        private final String newClass;
        private final Map<String, Parameter> before;
        private final Map<String, Parameter> after;
        private final Map<String, Argument> oldArguments;
        private final Map<String, Argument> newArguments;
        private final String noun;

        Arguments(String oldClass, String newClass, List<Parameter> before, List<Parameter> after, String noun) {
            this.oldClass = oldClass;
            this.newClass = newClass;
            this.before = byWire(before);
            this.after = byWire(after);
            this.oldArguments = comparison.before().arguments(oldClass);
            this.newArguments = comparison.after().arguments(newClass);
            this.noun = noun;
        }

        private static Map<String, Parameter> byWire(List<Parameter> parameters) {
            Map<String, Parameter> byWire = new LinkedHashMap<>();
            parameters.forEach(parameter -> byWire.put(parameter.wire(), parameter));
            return byWire;
        }

        private Argument before(String wire) {
            return Pairs.get(oldArguments, JavaText.literal(wire));
        }

        private Argument after(String wire) {
            return Pairs.get(newArguments, JavaText.literal(wire));
        }

        private String setter(String type, Argument argument) {
            return type + ".Builder." + argument.name();
        }

        void find(boolean query) {
            Pairs pairs = Pairs.of(before.keySet(), after.keySet());
            Pairs spelled = Pairs.of(pairs.removed(), pairs.added())
                    .renaming((a, b) -> before(a).name().equals(after(b).name()));
            spelled.renamed().forEach((a, b) -> {
                String setter = setter(newClass, after(b));
                comparison.add(
                        "parameter-wire-case",
                        place(b),
                        List.of(setter),
                        List.of(setter),
                        Verdict.WIRE,
                        setter + " is sent as " + b + ", before as " + a);
                compare(a, b, query);
            });
            Pairs renamed = Pairs.of(spelled.removed(), spelled.added()).renaming(this::isLikelyRename);
            renamed.renamed()
                    .forEach((a, b) -> comparison.addRename(
                            "parameter-renamed",
                            place(b),
                            List.of(
                                    setter(oldClass, before(a)),
                                    oldClass + "." + before(a).name() + "()"),
                            List.of(setter(newClass, after(b)), newClass + "." + after(b).name() + "()"),
                            Verdict.BREAKING,
                            setter(oldClass, before(a)) + " is now " + after(b).name()
                                    + "; likely a rename, because the type is the same"));
            renamed.removed().forEach(wire -> removed(wire, query));
            renamed.added().forEach(wire -> added(wire, query));
            pairs.kept().forEach(wire -> compare(wire, wire, query));
        }

        private Pointer place(String wire) {
            return Pairs.get(after, wire).element().place();
        }

        private boolean isLikelyRename(String a, String b) {
            return comparison.mapped(before(a).setter()).equals(after(b).setter())
                    && before(a).required() == after(b).required();
        }

        private void removed(String wire, boolean query) {
            boolean last = query && after.isEmpty();
            List<String> names = new ArrayList<>(List.of(
                    setter(oldClass, before(wire)),
                    oldClass + "." + before(wire).name() + "()"));
            if (last) {
                names.add(oldClass);
                names.addAll(lost);
            }
            comparison.add(
                    "parameter-removed",
                    Pairs.get(before, wire).element().place(),
                    names,
                    List.of(),
                    Verdict.BREAKING,
                    "The " + noun + " " + wire + " is gone"
                            + (last ? ", and with it " + oldClass + " and the methods that have one" : ""));
        }

        private void added(String wire, boolean query) {
            String setter = setter(newClass, after(wire));
            boolean required = after(wire).required();
            List<String> names = new ArrayList<>(List.of(setter));
            if (query && before.isEmpty()) {
                names.addAll(gained);
            }
            if (!required) {
                comparison.add(
                        "parameter-added",
                        place(wire),
                        List.of(),
                        names,
                        Verdict.COMPATIBLE,
                        "The optional " + noun + " " + wire + " is new: " + String.join(", ", names));
            } else {
                needed("parameter-required-added", wire, names, query);
            }
        }

        /** A required argument ends the methods without a query, if there were any. */
        private void needed(String kind, String wire, List<String> names, boolean query) {
            String builder = newClass + ".Builder.build()";
            boolean first = query && !old.isQueryRequired();
            if (!first) {
                comparison.add(
                        kind,
                        place(wire),
                        List.of(builder),
                        names,
                        Verdict.BEHAVIOUR,
                        builder + " refuses without the " + noun + " " + wire);
                return;
            }
            List<String> gone = new ArrayList<>(lost);
            if (!before.isEmpty()) {
                gone.add(oldClass + ".all()");
            }
            List<String> instead = new ArrayList<>(comparison.after().methods(now).stream()
                    .map(form -> name + form.substring(now.methodName().length()))
                    .toList());
            names.stream().filter(one -> !instead.contains(one)).forEach(instead::add);
            comparison.add(
                    kind,
                    place(wire),
                    gone,
                    instead,
                    Verdict.BREAKING,
                    name + " needs the " + noun + " " + wire + ", so there is no method without " + newClass);
        }

        private void compare(String a, String b, boolean query) {
            Argument was = before(a);
            Argument is = after(b);
            String setter = setter(newClass, is);
            if (!was.name().equals(is.name())) {
                comparison.addRename(
                        "parameter-renamed",
                        place(b),
                        List.of(setter(oldClass, was), oldClass + "." + was.name() + "()"),
                        List.of(setter, newClass + "." + is.name() + "()"),
                        Verdict.BREAKING,
                        setter(oldClass, was) + " is now " + is.name() + "; the name on the wire is the same");
            }
            retyped(was, is, b, setter);
            if (is.required() && !was.required()) {
                needed("parameter-required", b, List.of(setter), query);
            } else if (was.required() && !is.required()) {
                comparison.add(
                        "parameter-optional",
                        place(b),
                        List.of(newClass + ".Builder.build()"),
                        query && !now.isQueryRequired() ? gained : List.of(newClass + ".Builder.build()"),
                        Verdict.COMPATIBLE,
                        name + " can be called without the " + noun + " " + b);
            }
            quoted(Pairs.get(before, a), Pairs.get(after, b));
            comparison.fact(
                    "parameter-place",
                    place(b),
                    setter,
                    Verdict.WIRE,
                    sent(Pairs.get(before, a)),
                    sent(Pairs.get(after, b)),
                    change -> setter + " is sent in another way: " + change);
            range(schema(Pairs.get(before, a)), schema(Pairs.get(after, b)), b, setter);
            comparison.fact(
                    "parameter-default",
                    place(b),
                    setter,
                    Verdict.BEHAVIOUR,
                    value(schema(Pairs.get(before, a)), "default"),
                    value(schema(Pairs.get(after, b)), "default"),
                    change -> "The default that the service documents for " + setter + ": " + change);
            comparison.documentation(
                    place(b),
                    setter,
                    Pairs.get(before, a).element(),
                    Pairs.get(after, b).element(),
                    List.of("description", "deprecated", "example"));
        }

        private void retyped(Argument was, Argument is, String wire, String setter) {
            String type = comparison.mapped(was.type());
            String parameter = comparison.mapped(was.setter());
            if (type.equals(is.type()) && parameter.equals(is.setter())) {
                return;
            }
            Verdict first = Verdict.ofTypes(type, is.type());
            Verdict second = Verdict.ofTypes(parameter, is.setter());
            comparison.add(
                    "parameter-retyped",
                    place(wire),
                    List.of(setter(oldClass, was), oldClass + "." + was.name() + "()"),
                    List.of(setter, newClass + "." + is.name() + "()"),
                    first.binary() ? second.isCompatible() ? first : second : first,
                    setter + " " + was.setter() + " -> " + is.setter());
        }

        /** Returns how a value is sent: its location, and whether each element of a list is a parameter. */
        private static String sent(Parameter parameter) {
            Element element = parameter.element();
            boolean exploded =
                    !element.has("explode") || element.get("explode").node().asBoolean();
            return parameter.location().name().toLowerCase(Locale.ROOT)
                    + (parameter.type().isList() && exploded ? ", one for each element" : "");
        }

        /** A property of a form is a schema itself. */
        private static Element schema(Parameter parameter) {
            Element element = parameter.element();
            return (element.has("schema") ? element.get("schema") : element).followed();
        }

        private static String value(Element schema, String key) {
            return schema.has(key) ? schema.get(key).node().asText() : "none";
        }

        private void range(Element was, Element is, String wire, String setter) {
            boolean narrower = isWithin(bound(is, "minimum"), bound(was, "minimum"), 1)
                    || isWithin(bound(is, "maximum"), bound(was, "maximum"), -1);
            boolean wider = isWithin(bound(was, "minimum"), bound(is, "minimum"), 1)
                    || isWithin(bound(was, "maximum"), bound(is, "maximum"), -1);
            if (!narrower && !wider) {
                return;
            }
            comparison.add(
                    narrower ? "parameter-range-narrowed" : "parameter-range-widened",
                    place(wire),
                    List.of(setter),
                    List.of(setter),
                    narrower ? Verdict.BEHAVIOUR : Verdict.COMPATIBLE,
                    setter + " accepts " + value(is, "minimum") + " to " + value(is, "maximum") + ", before "
                            + value(was, "minimum") + " to " + value(was, "maximum"));
        }

        /** Returns whether a new bound refuses values that the old one accepted. */
        private static boolean isWithin(@Nullable BigDecimal bound, @Nullable BigDecimal other, int sign) {
            return bound != null && (other == null || bound.compareTo(other) * sign > 0);
        }

        private static @Nullable BigDecimal bound(Element schema, String key) {
            JsonNode node = schema.get(key).node();
            return node.isNumber() ? node.decimalValue() : null;
        }
    }
}
