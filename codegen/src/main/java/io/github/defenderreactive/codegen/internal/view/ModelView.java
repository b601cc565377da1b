package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Findings;
import io.github.defenderreactive.codegen.internal.description.MemberNames;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Secrets;
import io.github.defenderreactive.codegen.internal.description.Spelling;
import io.github.defenderreactive.codegen.internal.description.Spellings;
import io.github.defenderreactive.codegen.internal.description.Unions;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The data of the template of a model. */
public record ModelView(
        String packageName,
        List<String> imports,
        String javadoc,
        String name,
        String interfaces,
        boolean unionCase,
        String names,
        boolean patch,
        boolean needs,
        String refusal,
        boolean hides,
        boolean spelled,
        List<NullWord> nulls,
        @Nullable Preset preset,
        List<Member> members) {

    /** The discriminator of a union case, or the constant, that a builder starts with. */
    record Preset(String setter, String value) {}

    private static @Nullable Preset preset(Map<String, String> discriminators, List<Member> members) {
        for (Map.Entry<String, String> discriminator : discriminators.entrySet()) {
            for (Member member : members) {
                if (member.wire().equals(JavaText.literal(discriminator.getKey()))) {
                    return preset(member, JavaText.literal(discriminator.getValue()));
                }
            }
        }
        return null;
    }

    private static @Nullable Preset preset(Member member, String literal) {
        return switch (member.type().form()) {
            case TEXT -> new Preset(member.field(), literal);
            case ENUM -> new Preset(member.field(), member.type().name() + ".of(" + literal + ")");
            default -> null;
        };
    }

    /** The bits of 64 properties that were null. */
    record NullWord(int number) {

        public static List<NullWord> of(int properties) {
            return IntStream.range(0, (properties + Long.SIZE - 1) / Long.SIZE)
                    .mapToObj(NullWord::new)
                    .toList();
        }

        /** Returns the field. */
        String word() {
            return "nulls" + suffix();
        }

        /** Returns the method that sets a bit. */
        String reader() {
            return "receive" + suffix();
        }

        /** Returns a name that no property has: names of properties have underscores at their ends only. */
        private String suffix() {
            return number == 0 ? "" : "_" + number;
        }
    }

    /** The bit of a property. */
    record NullBit(int index) {

        String word() {
            return nulls().word();
        }

        String reader() {
            return nulls().reader();
        }

        String bit() {
            return "0x" + Long.toHexString(1L << (index % Long.SIZE)) + "L";
        }

        private NullWord nulls() {
            return new NullWord(index / Long.SIZE);
        }
    }

    /**
     * A free value read as an instance of a class.
     *
     * @param method name of the method
     * @param type name of the class
     */
    public record Choice(String method, String type) {}

    /** A property. */
    public record Member(
            List<Spelling> spellings,
            boolean spelled,
            NullBit nullBit,
            String wire,
            String name,
            String nameExpression,
            String field,
            JavaType type,
            String accessorJavadoc,
            String setterJavadoc,
            String accessorResult,
            List<Choice> choices,
            boolean required,
            boolean secret,
            boolean deepSecret,
            boolean any,
            boolean deprecated,
            @Nullable String known,
            String parameterType,
            String setterValue,
            String given,
            String missing,
            String read,
            String write,
            String plain) {

        String maskLiteral() {
            return spellings.get(0).maskLiteral();
        }

        /** Returns code that checks whether the property is null. */
        public String isNull() {
            return "(" + nullBit.word() + " & " + nullBit.bit() + ") != 0";
        }
    }

    /** Builds the views of models. */
    static final class Factory {

        private final Schemas schemas;
        private final Packages packages;
        private final Unions unions;
        private final Secrets secrets;

        Factory(Schemas schemas, Packages packages, Unions unions, Secrets secrets) {
            this.schemas = schemas;
            this.packages = packages;
            this.unions = unions;
            this.secrets = secrets;
        }

        public ModelView view(String schemaName, Element schema) {
            String name = schemas.className(schemaName);
            boolean patch = schema.flag("x-defender-patch");
            Imports imports = new Imports()
                    .add("Collections", "JsonNames", "JsonReader", "JsonValue", "JsonWriter", "LinkedHashMap")
                    .add("Map", "Nullable", "Objects", "UnknownMembers");
            Spellings spellings = Spellings.of(schema);
            if (patch && !spellings.isEmpty()) {
                throw schema.problem("members of a patch must have one spelling, because it is only written");
            }
            List<Member> members = members(schemaName, schema, patch, spellings, imports);
            boolean needs = members.stream().anyMatch(Member::required);
            if (needs) {
                imports.add("ArrayList", "List");
            }
            if (patch) {
                imports.add("JsonToken", "LinkedHashSet", "Set");
            }
            List<String> interfaces = unions.interfacesOf(schemaName);
            if (interfaces.isEmpty()) {
                imports.add("JsonEncodable");
            }
            return new ModelView(
                    packages.model(),
                    imports.sorted(packages.model()),
                    classJavadoc(schema, name, patch),
                    name,
                    interfaces.isEmpty() ? "JsonEncodable" : String.join(", ", interfaces),
                    !interfaces.isEmpty(),
                    JavaText.call(
                            "JsonNames.of",
                            spellings.names().stream().map(JavaText::literal).toList(),
                            4,
                            45),
                    patch,
                    needs,
                    JavaText.refusal(name),
                    secrets.of(schemaName),
                    !spellings.isEmpty(),
                    patch ? List.of() : NullWord.of(members.size()),
                    preset(fixedValues(schemaName, schema), members),
                    members);
        }

        /** Returns the properties that have one value only, with that value. */
        private Map<String, String> fixedValues(String schemaName, Element schema) {
            Map<String, String> values = new LinkedHashMap<>(unions.fixedDiscriminators(schemaName));
            schema.get("properties").members().forEach((wire, property) -> {
                if (property.has("const")) {
                    values.put(wire, property.get("const").text());
                }
            });
            return values;
        }

        private static String classJavadoc(Element schema, String name, boolean patch) {
            Javadoc javadoc = new Javadoc().text(schema.text("description", name));
            if (patch) {
                javadoc.markup(
                        "A member is left out, sent as null or sent with a value: a setter called with null sends"
                                + " null, a setter not called leaves the member out.");
            }
            javadoc.markup("Immutable. Two values are equal if they are written as the same JSON.");
            return OriginJavadoc.addOfType(javadoc, schema).block(0);
        }

        private List<Member> members(
                String schemaName, Element schema, boolean patch, Spellings spellings, Imports imports) {
            Map<String, Element> properties = schema.get("properties").members();
            Map<String, String> fields = fields(schemaName, schema);
            Set<String> required = new LinkedHashSet<>(schema.get("required").texts());
            for (String name : required) {
                if (!properties.containsKey(name)) {
                    throw schema.problem("requires " + name + ", which is not a property");
                }
            }
            Findings findings = new Findings();
            List<Member> members = new ArrayList<>();
            properties.forEach((wire, property) -> findings.check(() -> {
                JavaType type = schemas.member(property);
                imports.type(type, packages.model());
                if (type.needsCopies()) {
                    imports.add("Copies");
                }
                List<Choice> choices = choices(property, type, fields.getOrDefault(wire, wire), fields.values());
                if (!choices.isEmpty()) {
                    imports.add("JsonToken");
                }
                // The service sets a read-only member, so a request does not need it.
                boolean needed = required.contains(wire) && !property.flag("readOnly");
                members.add(member(
                        spellings.of(wire),
                        new NullBit(members.size()),
                        wire,
                        property,
                        schema,
                        type,
                        choices,
                        fields,
                        needed,
                        patch,
                        secrets.in(property),
                        aliases(property, type, properties)));
            }));
            findings.refuse();
            return members;
        }

        private List<Choice> choices(Element property, JavaType type, String field, Collection<String> others) {
            if (type.form() != JavaType.Form.ANY) {
                return List.of();
            }
            return schemas.choices(property).stream()
                    .map(name -> new Choice(field + "As" + name, name))
                    .filter(choice -> !others.contains(choice.method()))
                    .toList();
        }

        private static Map<String, String> fields(String schemaName, Element schema) {
            Map<String, String> wireByField = new LinkedHashMap<>();
            Map<String, String> fields = MemberNames.of(schema);
            fields.forEach((wire, field) -> {
                String other = wireByField.putIfAbsent(field, wire);
                if (other != null) {
                    throw schema.problem("members " + other + " and " + wire + " of " + schemaName + " are both "
                            + field + "() in Java; give one of them another name with x-defender-name");
                }
            });
            return fields;
        }

        private List<String> aliases(Element property, JavaType type, Map<String, Element> properties) {
            List<String> aliases = property.get("x-defender-alias").texts();
            for (String alias : aliases) {
                Element other = properties.get(alias);
                if (other == null || !schemas.member(other).equals(type)) {
                    throw property.problem("alias " + alias + " is not a property of the same type");
                }
            }
            return aliases;
        }

        private static Member member(
                List<Spelling> spellings,
                NullBit nullBit,
                String wire,
                Element property,
                Element schema,
                JavaType type,
                List<Choice> choices,
                Map<String, String> fields,
                boolean required,
                boolean patch,
                boolean deepSecret,
                List<String> aliases) {
            String field = fields.getOrDefault(wire, wire);
            String literal = JavaText.literal(wire);
            boolean spelled = spellings.size() > 1;
            String name = spelled ? field + "Name(spellings)" : literal;
            List<String> given = List.of("this." + field + " != null", "!unknownMembers.containsKey(" + name + ")");
            List<String> missing =
                    new ArrayList<>(List.of("this." + field + " == null", "!unknownMembers.containsKey(" + name + ")"));
            if (patch) {
                missing.add("!nullMembers.contains(" + literal + ")");
            }
            boolean nullable = !required;
            String parameterType = (nullable ? "@Nullable " : "") + type.name();
            String copy = type.copy(field);
            String setterValue;
            if (required) {
                setterValue = type.isContainer()
                        ? copy
                        : "Objects.requireNonNull(" + field + ", " + JavaText.literal(field) + ")";
            } else {
                setterValue = type.isContainer() ? field + " == null ? null : " + copy : field;
            }
            return new Member(
                    spellings,
                    spelled,
                    nullBit,
                    literal,
                    name,
                    Spelling.expression(spellings),
                    field,
                    type,
                    accessorJavadoc(wire, property, schema, type, aliases),
                    setterJavadoc(wire, field, property, required, patch),
                    accessorResult(field, type, fields, aliases),
                    choices,
                    required,
                    Secrets.isSecret(property),
                    deepSecret,
                    type.form() == JavaType.Form.ANY,
                    property.flag("deprecated"),
                    type.known("this." + field),
                    parameterType,
                    setterValue,
                    JavaText.condition(8, given),
                    JavaText.condition(12, missing),
                    JavaText.statement(20, "builder." + field + " =", type.lenientRead("in")),
                    " ".repeat(12) + "out.name(" + name + ")" + type.write("this." + field) + ";",
                    type.plain("this." + field));
        }

        private static String accessorResult(
                String field, JavaType type, Map<String, String> fields, List<String> aliases) {
            List<String> sources = new ArrayList<>(List.of(field));
            aliases.forEach(alias -> sources.add(fields.getOrDefault(alias, alias)));
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < sources.size() - 1; i++) {
                out.append(sources.get(i))
                        .append(" != null ? ")
                        .append(sources.get(i))
                        .append(" : ");
            }
            String last = sources.get(sources.size() - 1);
            return out.append(type.isContainer() ? last + " != null ? " + last + " : " + type.empty() : last)
                    .toString();
        }

        private static String accessorJavadoc(
                String wire, Element property, Element schema, JavaType type, List<String> aliases) {
            Javadoc javadoc = described(new Javadoc(), wire, property, schema);
            if (!aliases.isEmpty()) {
                javadoc.markup("If the service sends only "
                        + String.join(
                                " or ", aliases.stream().map(Javadoc::code).toList()) + ", the value of that member.");
            }
            javadoc.tag(
                    "return",
                    type.isMap()
                            ? "the values by name, unmodifiable, in the order received; empty when null or absent"
                            : type.isList()
                                    ? "the values, unmodifiable; empty when null or absent"
                                    : "the value, or null when absent");
            return deprecation(javadoc, property).block(4);
        }

        private static String setterJavadoc(
                String wire, String field, Element property, boolean required, boolean patch) {
            Javadoc javadoc = new Javadoc().markup("Sets " + Javadoc.code(wire) + ".");
            if (property.flag("readOnly")) {
                javadoc.markup("Read-only: the service sets this member, and a request does not need it.");
            }
            if (property.hasValue("default")) {
                javadoc.markup("If it is omitted, the service uses "
                        + Javadoc.code(property.get("default").shown()) + ".");
            }
            String absent = patch ? "the value, or null to send null" : "the value, or null to omit it";
            javadoc.tag("param", field + " " + (required ? "the value" : absent))
                    .tag("return", "this builder");
            return deprecation(javadoc, property).block(8);
        }

        private static Javadoc deprecation(Javadoc javadoc, Element property) {
            return property.flag("deprecated") ? javadoc.tag("deprecated", "Deprecated by the service.") : javadoc;
        }

        private static Javadoc described(Javadoc javadoc, String wire, Element property, Element schema) {
            String description = property.text("description", "");
            javadoc.text(description);
            if (javadoc.isEmpty()) {
                javadoc.markup("The member " + Javadoc.code(wire) + ".");
            }
            return OriginJavadoc.addOfMember(javadoc, property, schema);
        }
    }
}
