package io.github.defenderreactive.runtime.drift;

/** What the occurrences of one difference have in common. */
record DriftKey(String api, String operation, DriftEntry.Kind kind, String schema, String path, String member) {}
