package io.github.defenderreactive.client;

import io.github.defenderreactive.client.xdr.api.DefenderXdr;
import io.github.defenderreactive.runtime.pipeline.Pipeline;

/**
 * The API of Defender XDR, with the watch of its incidents. Returned by {@link DefenderClient#defenderXdr()}.
 *
 * @since 0.1.0
 */
public final class Xdr extends DefenderXdr {

    private final Incidents incidents;

    Xdr(Pipeline pipeline) {
        super(pipeline);
        this.incidents = new Incidents(pipeline);
    }

    /**
     * Returns the operations on incidents of Defender XDR, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public Incidents incidents() {
        return incidents;
    }
}
