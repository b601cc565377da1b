package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.Query;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the operation of a request. */
public final class Routes {

    /**
     * An operation with its path values.
     *
     * @param prefix the part before the operation's path, for links
     */
    public record Match(ApiOperation operation, Map<String, String> path, String prefix) {}

    private final List<Route> routes;

    public Routes(List<ApiOperation> operations) {
        routes = operations.stream()
                .flatMap(operation -> Stream.concat(
                                Stream.of(operation.template()), Stream.ofNullable(operation.linkPath()))
                        .map(template -> new Route(operation, template)))
                .sorted(Comparator.comparingInt(Route::fixedLength).reversed())
                .toList();
    }

    /** Returns the API of a raw path, known or not. */
    public static ServedApi api(String rawPath) {
        return ServedApi.GRAPH_SECURITY.begin().matcher(rawPath).find()
                ? ServedApi.GRAPH_SECURITY
                : ServedApi.DEFENDER_ENDPOINT;
    }

    /**
     * Returns the operation of a method and raw path.
     *
     * @throws Problem 404 for a path, 405 for a method that the description does not have
     */
    public Match match(String method, String rawPath) {
        String path = "";
        TreeSet<String> otherMethods = new TreeSet<>();
        for (Route route : routes) {
            var prefix = route.operation().api().begin().matcher(rawPath);
            if (!prefix.find()) {
                continue;
            }
            path = Query.decodePath(rawPath.substring(prefix.end()));
            Map<String, String> values = route.match(path);
            if (values != null) {
                if (route.operation().method().equals(method)) {
                    return new Match(route.operation(), values, prefix.group());
                }
                otherMethods.add(route.operation().method());
            }
        }
        if (path.isEmpty()) {
            throw new Problem(404, "NotFound", "No API at " + rawPath + ": paths begin with /api/ or /v1.0/");
        }
        if (otherMethods.isEmpty()) {
            throw new Problem(404, "NotFound", "The API description has no path for " + method + " " + path);
        }
        throw new Problem(
                405,
                "BadRequest",
                "The API description has " + otherMethods + " at " + path + ", not " + method,
                Map.of("Allow", String.join(", ", otherMethods)));
    }
}
