package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.List;

/**
 * The differences that a {@link DriftRecorder} has counted.
 *
 * @param entries the entries, sorted by API, operation and path
 * @param overflow the number of differences without an entry, because the recorder was full
 * @since 0.1.0
 */
public record DriftReport(List<DriftEntry> entries, long overflow) implements JsonEncodable {

    /**
     * Copies the list.
     *
     * @param entries the differences
     * @param overflow the number of observations without an entry
     */
    public DriftReport {
        entries = List.copyOf(entries);
    }

    /**
     * Returns the report as JSON.
     *
     * @return an object with {@code entries} and {@code overflow}
     */
    public String json() {
        return JsonWriter.toJson(this);
    }

    /**
     * Returns an OpenAPI Overlay 1.0 that adds unknown members and unknown enum values to the schemas of one API
     * description. A member is added with the type that was received; a member of several types, or of objects, is
     * marked with {@code x-defender-any}. Members of another type, unknown cases and enum values that were not recorded
     * need a decision; comments name them. It does not mention members that were never received.
     *
     * <p>The targets are schemas with the names of the generated classes. A schema that the description does not name
     * must be corrected before use.
     *
     * @param api the API, as in the entries
     * @return the text of a YAML document, the same for the same differences
     */
    public String overlay(String api) {
        return OverlayText.of(
                api, entries.stream().filter(entry -> entry.api().equals(api)).toList());
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        out.name("entries").beginArray();
        entries.forEach(out::value);
        out.endArray();
        out.name("overflow").number(overflow);
        out.endObject();
    }
}
