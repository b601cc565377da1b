package io.github.defenderreactive.apispec.payload;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a payload file holds, by its name.
 *
 * @param kind what the content is
 * @param subject the operation id, or the name of the entity
 */
record Payload(Path file, Kind kind, String subject) {

    enum Kind {
        REQUEST,
        RESPONSE,
        /** The body of an answer that reports a failure. */
        ERROR,
        /** Content behind a link that an operation answers. */
        FILE,
        /** One entity outside of any answer. */
        ENTITY
    }

    private static final Pattern BODY = Pattern.compile("(\\w+)\\.(request|response)(\\.\\d+)?\\.json");
    private static final Pattern ERROR = Pattern.compile("(\\w+)\\.[45]\\d\\d\\.response(\\.\\d+)?\\.json");
    private static final Pattern FILE = Pattern.compile("(\\w+)\\.file(\\.\\d+)?\\.json");
    private static final Pattern ENTITY = Pattern.compile("entity-(\\w+)(\\.\\d+)?\\.json");

    static Payload of(Path file) {
        String name = file.getFileName().toString();
        Matcher body = BODY.matcher(name);
        if (body.matches()) {
            return new Payload(file, body.group(2).equals("request") ? Kind.REQUEST : Kind.RESPONSE, body.group(1));
        }
        Matcher error = ERROR.matcher(name);
        if (error.matches()) {
            return new Payload(file, Kind.ERROR, error.group(1));
        }
        Matcher content = FILE.matcher(name);
        if (content.matches()) {
            return new Payload(file, Kind.FILE, content.group(1));
        }
        Matcher entity = ENTITY.matcher(name);
        if (entity.matches()) {
            return new Payload(file, Kind.ENTITY, entity.group(1));
        }
        throw new IllegalArgumentException("Not the name of a payload file: " + name);
    }
}
