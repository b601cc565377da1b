package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A position in a snapshot, as in the skip token of a next link.
 *
 * @param file number of the file
 * @param line number of the line in it, the first to be read
 */
record ExportToken(ExportSnapshot snapshot, int file, int line) {

    String text() {
        Entity token = new Entity()
                .with("ExportDefinition", new Entity().with("TimePath", snapshot.path()))
                .with("ExportFileIndex", file)
                .with("LineStoppedAt", line);
        return Base64.getEncoder().encodeToString(Values.bytes(token));
    }

    /**
     * Reads a token.
     *
     * @throws Problem 400 if it is malformed, or its snapshot does not exist
     */
    static ExportToken of(String text, Instant now) {
        Node token;
        try {
            byte[] json = Base64.getDecoder().decode(text);
            token = new Node(
                    JsonValue.of(new String(json, StandardCharsets.UTF_8)).toJava());
        } catch (IllegalArgumentException | JsonException e) {
            throw Problem.odata("The $skiptoken is not one of a next link: " + text);
        }
        String path = token.get("ExportDefinition").get("TimePath").text();
        Integer file = token.get("ExportFileIndex").integer();
        Integer line = token.get("LineStoppedAt").integer();
        if (path == null || file == null || line == null || file < 0 || line < 0) {
            throw Problem.odata("The $skiptoken is not one of a next link: " + text);
        }
        ExportSnapshot snapshot = ExportSnapshot.find(path, now);
        if (snapshot == null) {
            throw Problem.odata("The $skiptoken belongs to a snapshot that is not there: " + path);
        }
        return new ExportToken(snapshot, file, line);
    }
}
