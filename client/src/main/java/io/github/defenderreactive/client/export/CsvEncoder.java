package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonNames;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.FileExport.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Encoder of comma-separated values (RFC 4180). It reads the JSON of a record, so a member of any type and in any
 * spelling is written.
 */
final class CsvEncoder<T extends JsonEncodable> implements RecordEncoder<T> {

    private static final String LINE_END = "\r\n";

    private final JsonWriter json = new JsonWriter();
    private final List<String> names;
    private final JsonNames spellings;
    /** The column of each spelling. */
    private final int[] columns;

    CsvEncoder(List<Column> members) {
        this.names = members.stream().map(Column::name).toList();
        List<String> all = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            for (String spelling : members.get(i).spellings()) {
                all.add(spelling);
                indexes.add(i);
            }
        }
        this.spellings = JsonNames.of(all.toArray(String[]::new));
        this.columns = indexes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public byte[] header() {
        return (names.stream().map(CsvField::text).collect(Collectors.joining(",")) + LINE_END)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] records(List<Placed<T>> records) {
        StringBuilder block = new StringBuilder(1 << 16);
        @Nullable String[] fields = new @Nullable String[names.size()];
        for (Placed<T> placed : records) {
            Arrays.fill(fields, null);
            read(JsonReader.of(json.reset().value(placed.record()).toByteArray()), fields);
            for (int i = 0; i < fields.length; i++) {
                block.append(i == 0 ? "" : ",").append(fields[i] == null ? "" : fields[i]);
            }
            block.append(LINE_END);
        }
        return block.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void read(JsonReader in, @Nullable String[] fields) {
        in.beginObject();
        while (in.nextMember()) {
            int spelling = in.name(spellings);
            if (spelling < 0) {
                in.skipValue();
            } else {
                String field = field(in);
                int column = columns[spelling];
                // A record with a member in two spellings keeps the value of the first.
                if (fields[column] == null) {
                    fields[column] = field;
                }
            }
        }
    }

    private static @Nullable String field(JsonReader in) {
        return switch (in.peek()) {
            case NULL -> {
                in.skipValue();
                yield null;
            }
            case STRING -> CsvField.text(in.readString());
            default -> CsvField.quoted(in.readValue().json());
        };
    }
}
