package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.json.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The constructor and the components of a record.
 *
 * @param type the record
 * @param constructor its canonical constructor
 * @param components its components, in order
 */
record RecordShape<R extends Record>(Class<R> type, Constructor<R> constructor, List<Component> components) {

    private static final Set<ColumnKind> WHOLE = EnumSet.of(ColumnKind.WHOLE, ColumnKind.SMALL);
    private static final Set<ColumnKind> NUMBERS = EnumSet.of(ColumnKind.WHOLE, ColumnKind.SMALL, ColumnKind.REAL);

    private static final Map<Class<?>, Conversion> CONVERSIONS = Map.ofEntries(
            Map.entry(String.class, new Conversion(EnumSet.allOf(ColumnKind.class), HuntingRow::text)),
            Map.entry(JsonValue.class, new Conversion(EnumSet.allOf(ColumnKind.class), HuntingRow::json)),
            Map.entry(Instant.class, new Conversion(EnumSet.of(ColumnKind.TIME), HuntingRow::time)),
            Map.entry(Duration.class, new Conversion(EnumSet.of(ColumnKind.SPAN), HuntingRow::span)),
            Map.entry(long.class, new Conversion(WHOLE, HuntingRow::number)),
            Map.entry(Long.class, new Conversion(WHOLE, HuntingRow::number)),
            Map.entry(int.class, new Conversion(WHOLE, RecordShape::integer)),
            Map.entry(Integer.class, new Conversion(WHOLE, RecordShape::integer)),
            Map.entry(double.class, new Conversion(NUMBERS, RecordShape::floating)),
            Map.entry(Double.class, new Conversion(NUMBERS, RecordShape::floating)),
            Map.entry(BigDecimal.class, new Conversion(NUMBERS, HuntingRow::decimal)),
            Map.entry(
                    boolean.class, new Conversion(EnumSet.of(ColumnKind.BOOLEAN, ColumnKind.SMALL), HuntingRow::bool)),
            Map.entry(
                    Boolean.class, new Conversion(EnumSet.of(ColumnKind.BOOLEAN, ColumnKind.SMALL), HuntingRow::bool)));

    /** Reads a value of a row. */
    @FunctionalInterface
    interface Reading {
        @Nullable
        Object read(HuntingRow row, String column);
    }

    /** The columns from which values of a type can be read. */
    record Conversion(Set<ColumnKind> kinds, Reading reading) {}

    /** A component of a record. */
    record Component(String name, Class<?> type, Conversion conversion) {

        boolean accepts(HuntingColumn column) {
            ColumnKind kind = ColumnKind.of(column);
            return kind == ColumnKind.UNKNOWN || conversion.kinds().contains(kind);
        }
    }

    /**
     * Returns the shape of a record.
     *
     * @throws IllegalArgumentException if it cannot be created from a row
     */
    static <R extends Record> RecordShape<R> of(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("type must be a record, was " + type.getName());
        }
        return new RecordShape<>(
                type,
                constructor(type, components),
                Stream.of(components)
                        .map(component -> component(type, component))
                        .toList());
    }

    private static Component component(Class<?> type, RecordComponent component) {
        Conversion conversion = CONVERSIONS.get(component.getType());
        if (conversion == null) {
            throw new IllegalArgumentException("component " + component.getName() + " of " + type.getName()
                    + " must be a String, Instant, Duration, JsonValue, BigDecimal, long, int, double or boolean, was "
                    + component.getType().getName());
        }
        return new Component(component.getName(), component.getType(), conversion);
    }

    private static <R> Constructor<R> constructor(Class<R> type, RecordComponent[] components) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            if (!constructor.trySetAccessible()) {
                throw new IllegalArgumentException("type must be accessible to this library, but module "
                        + type.getModule().getName() + " does not open the package of " + type.getName());
            }
            return constructor;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("A record has a canonical constructor", impossible);
        }
    }

    private static @Nullable Object integer(HuntingRow row, String column) {
        Long value = row.number(column);
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            throw new HuntingMappingException(
                    "Column " + column + " contains " + value + ", not an integer of 32 bits", null);
        }
        return value.intValue();
    }

    private static @Nullable Object floating(HuntingRow row, String column) {
        BigDecimal value = row.decimal(column);
        return value == null ? null : value.doubleValue();
    }
}
