package io.github.defenderreactive.runtime.odata;

import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.OpenEnum;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A property with one of a set of values, sent as quoted text in its wire spelling.
 *
 * <p>A value that the API description does not list is rejected: the service compares texts exactly, so a filter with a
 * misspelt value would return nothing without an error. {@link #allowingUnknown()} accepts any value.
 *
 * @param <E> the type of the values
 * @since 0.1.0
 */
public final class EnumField<E extends OpenEnum> extends Field<E> {

    private static final int LONGEST_SHOWN = 60;

    private final List<E> known;
    private final boolean unknownAllowed;

    /**
     * Creates a field that does not list its values.
     *
     * @param name the name of the property
     */
    public EnumField(String name) {
        this(name, List.of());
    }

    /**
     * Creates a field.
     *
     * @param name the name of the property
     * @param known the values that the API description lists
     */
    public EnumField(String name, List<E> known) {
        this(name, List.copyOf(known), false);
    }

    private EnumField(String name, List<E> known, boolean unknownAllowed) {
        super(name);
        this.known = known;
        this.unknownAllowed = unknownAllowed;
    }

    /**
     * Returns the same property for values that the API description does not list, such as those of a newer version of
     * the service.
     *
     * @return a field whose filters accept any value
     */
    public EnumField<E> allowingUnknown() {
        return new EnumField<>(name(), known, true);
    }

    /**
     * Returns the value in quotes.
     *
     * @throws IllegalArgumentException if the API description does not list the value and {@link #allowingUnknown()}
     *     was not called
     */
    @Override
    String literal(E value) {
        if (!unknownAllowed && !value.isKnown()) {
            throw new IllegalArgumentException(refusal(value));
        }
        return quoted(value.value());
    }

    private String refusal(E value) {
        String text = value.value();
        String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        return name() + " has no documented value "
                // as JSON, because the text may come from any source
                + JsonValue.string(cut)
                + OpenEnum.find(known, text)
                        .map(other -> ", only \"" + other.value() + "\"")
                        .orElse("")
                + (known.isEmpty() ? "" : ". Documented values are ")
                + known.stream().map(OpenEnum::value).collect(Collectors.joining(", "))
                + ". Call known(text) to find a value in any letter case, or allowingUnknown() to send this one";
    }
}
