package io.github.defenderreactive.runtime.odata;

import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.OpenEnum;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A property that holds one of a set of values; sent as quoted text in its wire spelling.
 *
 * <p>A value that the API description does not list is refused: the service compares texts exactly, so a filter with a
 * misspelt value finds nothing and says nothing. {@link #allowingUnknown()} sends any value.
 *
 * @param <E> the type of the values
 * @since 0.1.0
 */
public final class EnumField<E extends OpenEnum> extends Field<E> {

    private static final int LONGEST_SHOWN = 60;

    private final List<E> known;
    private final boolean unknownAllowed;

    /**
     * Creates a field that does not say which values there are.
     *
     * @param name the property's name
     */
    public EnumField(String name) {
        this(name, List.of());
    }

    /**
     * Creates a field.
     *
     * @param name the property's name
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
     * Returns the same property for values that the API description does not list, such as those of a newer version of the
     * service.
     *
     * @return a field whose filters take any value
     */
    public EnumField<E> allowingUnknown() {
        return new EnumField<>(name(), known, true);
    }

    /**
     * The value in quotes.
     *
     * @throws IllegalArgumentException if the description does not list it and nobody said that this is meant
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
                // As JSON, because the text may come from anywhere.
                + JsonValue.string(cut)
                + OpenEnum.find(known, text)
                        .map(other -> ", only \"" + other.value() + "\"")
                        .orElse("")
                + (known.isEmpty() ? "" : ". Documented are ")
                + known.stream().map(OpenEnum::value).collect(Collectors.joining(", "))
                + ". Find one in any letter case with known(text), or send this one with allowingUnknown()";
    }
}
