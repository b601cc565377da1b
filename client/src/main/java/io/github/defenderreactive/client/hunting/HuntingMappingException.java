package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query does not have the form that the program expects: a record has a component without a column or
 * of another type than the column, or a value is not of the requested type.
 *
 * @since 0.1.0
 */
public final class HuntingMappingException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    HuntingMappingException(String text, @Nullable Throwable cause) {
        super(text, ErrorContext.NONE, cause);
    }
}
