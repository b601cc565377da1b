package io.github.defenderreactive.runtime.drift;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generated class, by the methods that all generated classes have. They implement no common interface,
 * because each of its methods would be part of the public API of every model.
 *
 * @param schema the name of the schema
 * @param unknownCase whether it represents an unknown case of a schema
 * @param unknownMembers the method that returns unknown members
 * @param accessors the accessors of the members, sorted by name
 * @param fromMap the factory
 */
record ModelType(String schema, boolean unknownCase, Method unknownMembers, List<Method> accessors, Method fromMap) {

    static @Nullable ModelType of(Class<?> type) {
        try {
            Method unknownMembers = type.getMethod("unknownMembers");
            Method fromMap = type.getMethod("fromMap", Map.class);
            List<Method> accessors = Arrays.stream(type.getMethods())
                    .filter(method -> isAccessor(type, method))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            Class<?> outer = type.getDeclaringClass();
            return new ModelType(
                    (outer == null ? type : outer).getSimpleName(), outer != null, unknownMembers, accessors, fromMap);
        } catch (NoSuchMethodException other) {
            return null;
        }
    }

    /** An accessor has the name of its field, unlike the other methods without parameters. */
    private static boolean isAccessor(Class<?> type, Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && !method.isBridge()
                && method.getParameterCount() == 0
                && !method.getName().equals("unknownMembers")
                && Arrays.stream(type.getDeclaredFields())
                        .anyMatch(field -> !Modifier.isStatic(field.getModifiers())
                                && field.getName().equals(method.getName()));
    }

    Map<?, ?> unknownMembers(@Nullable Object model) {
        return call(unknownMembers, model) instanceof Map<?, ?> members ? members : Map.of();
    }

    /** Returns whether the schema contains a member: a null of it is not kept as unknown. */
    boolean declares(String member) {
        return !unknownMembers(call(fromMap, null, Collections.singletonMap(member, null)))
                .containsKey(member);
    }

    static @Nullable Object call(Method method, @Nullable Object model, Object... arguments) {
        try {
            return method.invoke(model, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }
}
