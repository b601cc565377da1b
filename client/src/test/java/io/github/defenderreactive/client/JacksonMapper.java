package io.github.defenderreactive.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;

/** Mappers of both majors as programs set them up, with no module or registration for models. */
enum JacksonMapper {
    PLAIN_2(two(JsonMapper.builder())),
    STRICT_2(two(JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
                    DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
            .disable(
                    MapperFeature.AUTO_DETECT_CREATORS,
                    MapperFeature.AUTO_DETECT_SETTERS,
                    MapperFeature.ALLOW_COERCION_OF_SCALARS))),
    /** As Spring Boot sets its mapper up, with names of parameters as its module for them gives. */
    SPRING_2(two(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.DEFAULT_VIEW_INCLUSION)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .annotationIntrospector(new com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair(
                    new com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector(),
                    new ParameterNames())))),
    PLAIN_3(three(tools.jackson.databind.json.JsonMapper.builder())),
    STRICT_3(three(tools.jackson.databind.json.JsonMapper.builder()
            .enable(
                    tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    tools.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    tools.jackson.databind.DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
                    tools.jackson.databind.DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
            .disable(tools.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS))),
    SPRING_3(three(tools.jackson.databind.json.JsonMapper.builder()
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(tools.jackson.databind.MapperFeature.DEFAULT_VIEW_INCLUSION)
            .enable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)));

    /** The parts of a mapper that tests need, the same in both majors. */
    interface Binding {

        Object read(String json, Type type);

        String write(Object value);
    }

    @SuppressWarnings("ImmutableEnumChecker")
    private final Binding binding;

    JacksonMapper(Binding binding) {
        this.binding = binding;
    }

    <T> T read(String json, Class<T> type) {
        return type.cast(binding.read(json, type));
    }

    Object read(String json, Type type) {
        return binding.read(json, type);
    }

    String write(Object value) {
        return binding.write(value);
    }

    private static final class ParameterNames extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public String findImplicitPropertyName(AnnotatedMember member) {
            return member instanceof AnnotatedParameter parameter ? "parameter" + parameter.getIndex() : null;
        }
    }

    private static Binding two(JsonMapper.Builder builder) {
        ObjectMapper mapper = builder.build();
        return new Binding() {
            @Override
            public Object read(String json, Type type) {
                try {
                    return mapper.readValue(json, mapper.constructType(type));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(e);
                }
            }

            @Override
            public String write(Object value) {
                try {
                    return mapper.writeValueAsString(value);
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(e);
                }
            }
        };
    }

    private static Binding three(tools.jackson.databind.json.JsonMapper.Builder builder) {
        tools.jackson.databind.json.JsonMapper mapper = builder.build();
        return new Binding() {
            @Override
            public Object read(String json, Type type) {
                try {
                    return mapper.readValue(json, mapper.constructType(type));
                } catch (tools.jackson.core.JacksonException e) {
                    throw new IllegalArgumentException(e);
                }
            }

            @Override
            public String write(Object value) {
                return mapper.writeValueAsString(value);
            }
        };
    }
}
