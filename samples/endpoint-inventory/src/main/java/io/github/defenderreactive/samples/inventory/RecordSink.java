package io.github.defenderreactive.samples.inventory;

import reactor.core.publisher.Mono;

/** Receives what the phases read. A run that is continued after a failure delivers its records again. */
@FunctionalInterface
public interface RecordSink {

    /**
     * Stores a record.
     *
     * @param phase name of the phase
     * @param item the record
     * @return completes when it is stored
     */
    Mono<Void> accept(String phase, Object item);
}
