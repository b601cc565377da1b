package io.github.defenderreactive.emulator.internal.http;

import io.github.defenderreactive.emulator.internal.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One part of a {@code multipart/form-data} body: a text, or a file if it has a file name. */
public final class FormPart {

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;.*\\bboundary=(?:\"([^\"]+)\"|([^\\s;]+)).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*(;.*)$");
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private final String name;
    private final @Nullable String fileName;
    private final byte[] content;

    private FormPart(String name, @Nullable String fileName, byte[] content) {
        this.name = name;
        this.fileName = fileName;
        this.content = content;
    }

    public String name() {
        return name;
    }

    public @Nullable String fileName() {
        return fileName;
    }

    public byte[] content() {
        return content;
    }

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * Returns the parts of a body.
     *
     * @throws Problem 400 if the body is not such a form
     */
    public static List<FormPart> read(@Nullable String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.matches()) {
            throw Problem.invalidBody(
                    "The request body must be multipart/form-data with a boundary, not " + contentType);
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        byte[] delimiter = Values.utf8("\r\n--" + text);
        List<FormPart> parts = new ArrayList<>();
        int at = find(body, Arrays.copyOfRange(delimiter, 2, delimiter.length), 0);
        int head = at + delimiter.length - 2;
        while (at >= 0 && !startsWith(body, "--", head)) {
            int content = find(body, BLANK_LINE, head);
            at = content < 0 ? -1 : find(body, delimiter, content + 2);
            if (at >= 0) {
                int begin = Math.min(content + BLANK_LINE.length, at);
                parts.add(part(body, head, content, Arrays.copyOfRange(body, begin, at)));
            }
            head = at + delimiter.length;
        }
        if (at < 0) {
            throw Problem.invalidBody("The form in the request body has no end");
        }
        return parts;
    }

    private static FormPart part(byte[] body, int from, int to, byte[] content) {
        String head = new String(body, from, to - from, StandardCharsets.UTF_8);
        Matcher disposition = DISPOSITION.matcher(head);
        String parameters = disposition.find() ? disposition.group(1) : "";
        String name = parameter(NAME, parameters);
        if (name == null) {
            throw Problem.invalidBody("A part of the form in the request body has no name");
        }
        return new FormPart(name, parameter(FILE_NAME, parameters), content);
    }

    private static @Nullable String parameter(Pattern pattern, String parameters) {
        Matcher found = pattern.matcher(parameters);
        return found.find() ? found.group(1).replace("%22", "\"") : null;
    }

    private static boolean startsWith(byte[] body, String text, int at) {
        byte[] bytes = Values.utf8(text);
        return at + bytes.length <= body.length && Arrays.equals(body, at, at + bytes.length, bytes, 0, bytes.length);
    }

    private static int find(byte[] body, byte[] wanted, int from) {
        for (int at = from; at <= body.length - wanted.length; at++) {
            if (body[at] == wanted[0] && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
