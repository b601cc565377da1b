package io.github.defenderreactive.cli.internal.drift;

import io.github.defenderreactive.runtime.drift.DriftEntry;
import io.github.defenderreactive.runtime.drift.DriftReport;
import io.github.defenderreactive.runtime.drift.DriftType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The differences between a {@code $metadata} document and an API description. Types are compared if their names are
 * equal in any letter case; the prefix {@code Security} of a schema stands for a namespace that ends with it.
 */
final class MetadataDrift {

    private static final String OPERATION = "$metadata";
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,40}");

    private final String api;
    private final Csdl csdl;
    private final SchemaTypes schemas;
    private final Map<String, DriftEntry> entries = new TreeMap<>();
    private int compared;

    private MetadataDrift(String api, Csdl csdl, SchemaTypes schemas) {
        this.api = api;
        this.csdl = csdl;
        this.schemas = schemas;
    }

    /** The report of a comparison, and the number of types on both sides. */
    record Result(DriftReport report, int compared, int onlyInMetadata, int onlyInDescription) {}

    static Result of(String api, Csdl csdl, SchemaTypes schemas) {
        return new MetadataDrift(api, csdl, schemas).compare();
    }

    private Result compare() {
        Map<String, String> byName = new TreeMap<>();
        csdl.types().keySet().forEach(type -> byName.put(key(type), type));
        List<String> objects = schemas.objects();
        for (String schema : objects) {
            String type = byName.get(schema.toLowerCase(Locale.ROOT));
            if (type != null) {
                compared++;
                type(schema, csdl.members(type));
            }
        }
        return new Result(
                new DriftReport(new ArrayList<>(entries.values()), 0),
                compared,
                csdl.types().size() - compared,
                objects.size() - compared);
    }

    private static String key(String type) {
        int dot = type.lastIndexOf('.');
        String prefix = type.substring(0, Math.max(dot, 0)).endsWith(".security") ? "Security" : "";
        return (prefix + type.substring(dot + 1)).toLowerCase(Locale.ROOT);
    }

    private void type(String schema, Map<String, String> members) {
        Map<String, Map<?, ?>> described = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        schemas.members(schema).forEach(described::putIfAbsent);
        members.forEach((name, type) -> {
            Map<?, ?> member = described.remove(name);
            if (member == null) {
                add(DriftEntry.Kind.UNKNOWN_MEMBER, schema, name, type, List.of());
            } else {
                member(schema, name, type, member);
            }
        });
        described.keySet().forEach(name -> add(DriftEntry.Kind.NEVER_RECEIVED, schema, name, null, List.of()));
    }

    private void member(String schema, String name, String type, Map<?, ?> member) {
        DriftType expected = SchemaTypes.type(member);
        if (expected != null && expected != json(driftType(type))) {
            add(DriftEntry.Kind.OTHER_TYPE, schema, name, type, List.of());
        }
        String enumeration = schemas.enumeration(schema, name);
        List<String> values = csdl.enums().get(element(type));
        if (enumeration != null && values != null) {
            List<?> known = schemas.values(enumeration);
            List<String> unknown = values.stream()
                    .filter(value ->
                            !known.contains(value) && IDENTIFIER.matcher(value).matches())
                    .sorted()
                    .toList();
            if (!unknown.isEmpty()) {
                add(DriftEntry.Kind.UNKNOWN_VALUE, enumeration, name, null, unknown);
            }
        }
    }

    private void add(DriftEntry.Kind kind, String schema, String name, @Nullable String type, List<String> values) {
        String member = IDENTIFIER.matcher(name).matches() ? name : "?";
        DriftEntry entry = new DriftEntry(
                api,
                OPERATION,
                kind,
                schema,
                schema + "." + member,
                member,
                1,
                type == null ? List.of() : List.of(driftType(type)),
                type == null || element(type).equals(type) ? List.of() : List.of(driftType(element(type))),
                values);
        entries.put(entry.path() + " " + kind + " " + schema, entry);
    }

    private static String element(String type) {
        return type.startsWith("Collection(") ? type.substring("Collection(".length(), type.length() - 1) : type;
    }

    private DriftType driftType(String type) {
        if (!element(type).equals(type)) {
            return DriftType.LIST;
        }
        return switch (type) {
            case "Edm.DateTimeOffset" -> DriftType.DATE_TIME;
            case "Edm.Date" -> DriftType.DATE;
            case "Edm.Guid" -> DriftType.UUID;
            case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64" -> DriftType.WHOLE_NUMBER;
            case "Edm.Single", "Edm.Double", "Edm.Decimal" -> DriftType.NUMBER;
            case "Edm.Boolean" -> DriftType.BOOLEAN;
            default -> type.startsWith("Edm.") || csdl.enums().containsKey(type) ? DriftType.TEXT : DriftType.OBJECT;
        };
    }

    /** Returns the type without the format of a text. */
    private static DriftType json(DriftType type) {
        return switch (type) {
            case DATE_TIME, DATE, UUID -> DriftType.TEXT;
            default -> type;
        };
    }
}
