package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.Schemas;
import io.github.defenderreactive.emulator.internal.http.FormPart;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the parts of a form against its schema. Unlike members of JSON they go by any letter case. */
public final class FormCheck {

    private final Description description;

    public FormCheck(Description description) {
        this.description = description;
    }

    /**
     * The parts as values by the names of the schema: files as {@link FormPart}, texts and booleans as such.
     *
     * @throws Problem 400 naming the first thing that is wrong
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
                throw Problem.invalidBody("Request body: part " + name + " is there twice");
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
            throw Problem.invalidBody("Request body: part " + name + (file ? " is no file" : " is a file"));
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
