package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.Schemas;
import io.github.defenderreactive.emulator.internal.http.FormPart;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the parts of forms against schemas. Unlike the members of JSON, their names are case-insensitive. */
public final class FormCheck {

    private final Description description;

    public FormCheck(Description description) {
        this.description = description;
    }

    /**
     * Returns the parts as values by the names of the schema: files as {@link FormPart}, texts and booleans as such.
     *
     * @throws Problem 400 with the first violation
     */
    public Map<String, Object> check(Node reference, List<FormPart> parts) {
        Node schema = description.resolve(reference);
        Map<String, Node> properties = schema.get("properties").members();
        Map<String, Object> values = new LinkedHashMap<>();
        for (FormPart part : parts) {
            String name = properties.keySet().stream()
                    .filter(part.name()::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> Problem.invalidBody("Request body: unknown part " + part.name()));
            if (values.put(
                            name,
                            value(
                                    name,
                                    description.resolve(schema.get("properties").get(name)),
                                    part))
                    != null) {
                throw Problem.invalidBody("Request body: part " + name + " occurs twice");
            }
        }
        for (String name : schema.get("required").texts()) {
            if (!values.containsKey(name)) {
                throw new Problem(400, "MissingRequiredParameter", "Request body: missing part " + name);
            }
        }
        return values;
    }

    private static Object value(String name, Node schema, FormPart part) {
        boolean file = "binary".equals(schema.get("format").text());
        if (file != (part.fileName() != null)) {
            throw Problem.invalidBody("Request body: part " + name + (file ? " is not a file" : " is a file"));
        }
        if (file) {
            return part;
        }
        if (!Schemas.types(schema).contains("boolean")) {
            return part.text();
        }
        if (!part.text().equalsIgnoreCase("true") && !part.text().equalsIgnoreCase("false")) {
            throw Problem.invalidInput("Request body: part " + name + " is '" + part.text() + "', not true or false");
        }
        return Boolean.valueOf(part.text());
    }
}
