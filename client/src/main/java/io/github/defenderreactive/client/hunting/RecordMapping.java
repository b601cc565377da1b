package io.github.defenderreactive.client.hunting;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mapping of the columns of one result to a record. */
final class RecordMapping<R extends Record> {

    private final RecordShape<R> shape;
    private final List<String> columns;

    private RecordMapping(RecordShape<R> shape, List<String> columns) {
        this.shape = shape;
        this.columns = columns;
    }

    /**
     * Finds the column of each component.
     *
     * @throws HuntingMappingException naming every component that has none, or one of another type
     */
    static <R extends Record> RecordMapping<R> of(RecordShape<R> shape, ResultColumns result) {
        List<String> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RecordShape.Component component : shape.components()) {
            List<HuntingColumn> found = result.ignoringCase(component.name());
            if (found.size() == 1 && component.accepts(found.get(0))) {
                columns.add(found.get(0).name());
            } else {
                problems.add(problem(component, found));
            }
        }
        if (!problems.isEmpty()) {
            throw new HuntingMappingException(
                    "The result does not fit " + shape.type().getName() + ": " + String.join("; ", problems)
                            + ". The columns are " + result.names(),
                    null);
        }
        return new RecordMapping<>(shape, columns);
    }

    private static String problem(RecordShape.Component component, List<HuntingColumn> found) {
        return switch (found.size()) {
            case 0 -> "component " + component.name() + " has no column";
            case 1 ->
                "component " + component.name() + " is a " + component.type().getSimpleName() + ", but column "
                        + found.get(0).name() + " has type " + found.get(0).type();
            default -> "component " + component.name() + " has several columns: " + found;
        };
    }

    R map(HuntingRow row) {
        @Nullable Object[] arguments = new @Nullable Object[columns.size()];
        for (int i = 0; i < arguments.length; i++) {
            RecordShape.Component component = shape.components().get(i);
            Object value = component.conversion().reading().read(row, columns.get(i));
            if (value == null && component.type().isPrimitive()) {
                throw new HuntingMappingException(
                        "Column " + columns.get(i) + " has no value in a row, but component " + component.name()
                                + " of " + shape.type().getName() + " is a "
                                + component.type().getName(),
                        null);
            }
            arguments[i] = value;
        }
        try {
            return shape.constructor().newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new HuntingMappingException(
                    shape.type().getName() + " does not accept a row: "
                            + refused.getTargetException().getMessage(),
                    refused.getTargetException());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("A record has an accessible constructor", impossible);
        }
    }
}
