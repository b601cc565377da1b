package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code defender operations}: lists every operation of every API. */
@Command(name = "operations", description = "Lists every operation: API, method, path, permissions, quota, paging.")
public final class OperationsCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("operation", "api", "method", "path", "application", "delegated", "quota", "paging");

    @Mixin
    private OutputOptions output = new OutputOptions();

    OperationsCommand() {}

    @Override
    public Integer call() {
        try (Output rows = Output.standard(output.formatOr(Output.Format.TABLE), COLUMNS)) {
            for (Operation<?> operation : Api.all()) {
                rows.row(out -> write(operation, out));
            }
        }
        return ExitCode.OK;
    }

    private static void write(Operation<?> operation, JsonWriter out) {
        OperationInfo info = operation.info();
        out.beginObject();
        out.name("operation").string(info.id());
        out.name("api").string(info.api());
        out.name("group").string(info.tag());
        out.name("method").string(info.method());
        out.name("path").string(info.path());
        out.name("application").list(info.permissions().application(), JsonWriter::string);
        out.name("delegated").list(info.permissions().delegated(), JsonWriter::string);
        out.name("quota").string(text(info.quota()));
        out.name("paging").string(paging(info));
        out.name("replay").string(info.replaySafety().name().toLowerCase(Locale.ROOT));
        out.name("parameters").list(info.parameters(), OperationsCommand::write);
        out.name("filterable").list(info.filterable(), JsonWriter::string);
        out.name("summary").string(info.summary());
        out.name("source").string(info.sourcePage());
        out.endObject();
    }

    private static void write(JsonWriter out, ParameterInfo parameter) {
        out.beginObject();
        out.name("name").string(parameter.name());
        out.name("in").string(parameter.location().name().toLowerCase(Locale.ROOT));
        out.name("required").bool(parameter.required());
        out.name("description").string(parameter.description());
        out.endObject();
    }

    private static String text(Quota quota) {
        String minute = quota.perMinute() == 0 ? "" : quota.perMinute() + "/min";
        String hour = quota.perHour() == 0 ? "" : quota.perHour() + "/h";
        return minute.isEmpty() || hour.isEmpty() ? minute + hour : minute + " " + hour;
    }

    private static String paging(OperationInfo info) {
        String strategy =
                info.paging().strategy().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return info.paging().maxPageSize() == 0
                ? strategy
                : strategy + " " + info.paging().maxPageSize();
    }
}
