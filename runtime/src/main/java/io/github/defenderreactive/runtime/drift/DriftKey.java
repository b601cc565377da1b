package io.github.defenderreactive.runtime.drift;

/** The identity of a difference, which its occurrences share. */
record DriftKey(String api, String operation, DriftEntry.Kind kind, String schema, String path, String member) {}
