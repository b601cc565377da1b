package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.FaultServer;
import org.junit.jupiter.api.AutoClose;

/** A pipeline that sends each call to a fault server once. */
abstract class PipelineWithoutRetries {

    @AutoClose
    final FaultServer server = FaultServer.start();

    @AutoClose("dispose")
    final ReactorNettyTransport transport = ReactorNettyTransport.create();

    final Pipeline pipeline = Pipelines.over(transport)
            .apiRoot(server.uri("/api"))
            .retry(RetryPolicy.none())
            .build();
}
