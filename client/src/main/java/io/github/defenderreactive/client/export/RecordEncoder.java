package io.github.defenderreactive.client.export;

import java.util.List;

/** Encoder of records for one file. Not thread-safe. */
interface RecordEncoder<T> {

    /** Number of records that are encoded together. */
    int BLOCK = 256;

    /** Returns the bytes before the first record. */
    byte[] header();

    /** Returns the bytes of some records. */
    byte[] records(List<Placed<T>> records);
}
