package io.github.defenderreactive.cli;

import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.operation.Operation;
import java.nio.file.Path;

/** The payloads of the project. */
public final class Fixtures {

    public static final Path ROOT = Path.of(System.getProperty("defender.root"));

    private Fixtures() {}

    public static Path of(Api api) {
        return folder(api.id());
    }

    public static Path request(Operation<?> operation) {
        return folder(operation.info().api()).resolve(operation.info().id() + ".request.json");
    }

    public static Path response(Operation<?> operation) {
        return folder(operation.info().api()).resolve(operation.info().id() + ".response.json");
    }

    private static Path folder(String api) {
        return ROOT.resolve("api-spec/fixtures").resolve(api);
    }
}
