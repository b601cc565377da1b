package io.github.defenderreactive.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Locks that libraries take for a moment: their affair, and no blocking call of ours. */
public final class LocksOfOthers implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
                // the queue of the test kit of Reactive Streams
                .allowBlockingCallsInside("org.reactivestreams.tck.TestEnvironment$Receptacle", "add");
    }
}
