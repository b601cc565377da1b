package io.github.defenderreactive.cli.internal.arguments;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of times with a zone. */
public final class InstantConverter implements ITypeConverter<Instant> {

    /** Creates a converter. */
    public InstantConverter() {}

    @Override
    public Instant convert(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a time such as 2026-11-01T00:00:00Z");
        }
    }
}
