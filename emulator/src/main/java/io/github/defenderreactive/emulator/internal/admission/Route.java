package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path of one operation. Fixed text is case-insensitive; a variable ends at the end of its segment. */
final class Route {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final ApiOperation operation;
    private final Pattern pattern;
    private final int fixedLength;
    private final List<String> variables = new ArrayList<>();

    Route(ApiOperation operation, String template) {
        this.operation = operation;
        this.fixedLength = VARIABLE.matcher(template).replaceAll("").length();
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int end = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(end, variable.start())));
            regex.append("([^/]+?)");
            variables.add(variable.group(1));
            end = variable.end();
        }
        regex.append(Pattern.quote(template.substring(end)));
        pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    ApiOperation operation() {
        return operation;
    }

    /**
     * Returns the number of characters of fixed text. Of two matching routes the one with more fixed text wins, because
     * the other one reads that text as an id.
     */
    int fixedLength() {
        return fixedLength;
    }

    /** Returns the values of the variables without quotes, or null if the path does not match. */
    @Nullable
    Map<String, String> match(String decodedPath) {
        Matcher matcher = pattern.matcher(decodedPath);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            String value = matcher.group(i + 1);
            if (value.length() > 1 && value.startsWith("'") && value.endsWith("'")) {
                value = value.substring(1, value.length() - 1).replace("''", "'");
            }
            values.put(variables.get(i), value);
        }
        return values;
    }
}
