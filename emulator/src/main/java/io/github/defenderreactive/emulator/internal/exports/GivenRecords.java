package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of an export that a test gave: a file for each device group, as the service splits them. */
final class GivenRecords implements ExportFiles {

    private final List<Integer> groups;
    private final List<List<Entity>> files;

    GivenRecords(List<Entity> records) {
        Map<Integer, List<Entity>> byGroup = new LinkedHashMap<>();
        for (Entity record : records) {
            int group = record.get("rbacGroupId") instanceof Number number ? number.intValue() : 0;
            byGroup.computeIfAbsent(group, key -> new ArrayList<>()).add(record);
        }
        groups = List.copyOf(byGroup.keySet());
        files = byGroup.values().stream().map(List::copyOf).toList();
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public int group(int file) {
        return groups.get(file);
    }

    @Override
    public Iterator<Entity> open(int file) {
        return files.get(file).iterator();
    }
}
