package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.testing.FaultServer;
import org.junit.jupiter.api.AutoClose;

/** A transport with one connection for each lane, and a fault server. */
abstract class OneConnectionPerLane {

    @AutoClose
    final FaultServer server = FaultServer.start();

    @AutoClose("dispose")
    final ReactorNettyTransport transport = ReactorNettyTransport.create(TransportOptions.builder()
            .interactiveConnections(1)
            .bulkConnections(1)
            .build());
}
