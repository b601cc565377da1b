package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.http.Query;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of the login service as a path names it.
 *
 * @param tenant the tenant in the path
 * @param versionOne whether it is the older generation, which takes resources instead of scopes
 */
public record LoginRoute(String tenant, Endpoint endpoint, boolean versionOne) {

    /** Kinds of endpoints. */
    public enum Endpoint {
        TOKEN(EndpointIds.TOKEN),
        AUTHORIZE(EndpointIds.AUTHORIZE),
        DEVICECODE(EndpointIds.DEVICE_CODE),
        KEYS(EndpointIds.KEYS);

        private final String id;

        Endpoint(String id) {
            this.id = id;
        }

        /** Returns the id of the endpoint in the journal. */
        public String id() {
            return id;
        }
    }

    private static final Pattern PATH = Pattern.compile(
            "/([^/]+)/(?:oauth2/(v2\\.0/)?(token|authorize|devicecode)|discovery/v2\\.0/(keys))",
            Pattern.CASE_INSENSITIVE);

    public static @Nullable LoginRoute of(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        String name = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
        return new LoginRoute(
                Query.decodePath(matcher.group(1)),
                Endpoint.valueOf(name.toUpperCase(Locale.ROOT)),
                matcher.group(3) != null && matcher.group(2) == null);
    }
}
