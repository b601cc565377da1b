package io.github.defenderreactive.identity;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Spring Authorization Server, in this process, with the addresses of the platform. */
class SpringAuthorityTest extends AuthorityContract {

    private static Identity identity;
    private static SpringAuthority authority;

    @BeforeAll
    static void start() {
        identity = Identity.published();
        authority = SpringAuthority.start(identity);
    }

    @AfterAll
    static void stop() {
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
