package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import java.net.URI;
import java.time.Duration;

/** Makes a call that is repeated and reads a collection, in a JVM whose log is looked at. */
final class LoggingProcess {

    private LoggingProcess() {}

    public static void main(String[] arguments) {
        ReactorNettyTransport transport = ReactorNettyTransport.create();
        Pipeline pipeline =
                Pipelines.over(transport).apiRoot(URI.create(arguments[0])).build();
        pipeline.single(Row.GET.call().path("id", "secret-row").build()).block(Duration.ofSeconds(20));
        pipeline.paged(Row.LIST.call().query("$filter", "id eq 'secret-row'").build())
                .blockLast(Duration.ofSeconds(20));
        transport.dispose();
        System.out.println("done");
    }
}
