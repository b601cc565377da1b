package io.github.defenderreactive.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Locks that libraries take, and random numbers that they read, for a moment: their affair, and no blocking call of ours. */
public final class LocksOfOthers implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
                // Netty 4.1 draws the ids of DNS queries from the system's source
                .allowBlockingCallsInside("io.netty.resolver.dns.DnsQueryContextManager", "add")
                // the queue of the test kit of Reactive Streams
                .allowBlockingCallsInside("org.reactivestreams.tck.TestEnvironment$Receptacle", "add");
    }
}
