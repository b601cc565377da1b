package io.github.defenderreactive.identity;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Keycloak, with addresses of its own. Needs the profile {@code keycloak}, which unpacks it. */
@Tag("keycloak")
class KeycloakAuthorityTest extends AuthorityContract {

    private static Identity identity;
    private static KeycloakAuthority authority;

    @BeforeAll
    static void start() throws Exception {
        identity = Identity.published();
        authority = KeycloakAuthority.start(Path.of(System.getProperty("keycloak.home")), identity);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        authority.close();
        identity.close();
    }

    @Override
    Authority authority() {
        return authority;
    }

    @Override
    Identity identity() {
        return identity;
    }
}
