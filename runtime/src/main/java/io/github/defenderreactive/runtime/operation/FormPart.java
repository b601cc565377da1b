package io.github.defenderreactive.runtime.operation;

import java.util.Objects;

/**
 * One part of a multipart form.
 *
 * @since 0.1.0
 */
public sealed interface FormPart {

    /**
     * Returns the name of the part.
     *
     * @return the name on the wire
     */
    String name();

    /**
     * A text field.
     *
     * @param name the name on the wire
     * @param text the value
     * @since 0.1.0
     */
    record Text(String name, String text) implements FormPart {

        /**
         * Checks the components.
         *
         * @param name the name on the wire
         * @param text the value
         */
        public Text {
            FileContent.requireLine(name, "name");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A file.
     *
     * @param name the name on the wire
     * @param content the file
     * @since 0.1.0
     */
    record File(String name, FileContent content) implements FormPart {

        /**
         * Checks the components.
         *
         * @param name the name on the wire
         * @param content the file
         */
        public File {
            FileContent.requireLine(name, "name");
            Objects.requireNonNull(content, "content");
        }
    }
}
