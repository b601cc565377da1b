package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConsentTest {

    private static final URI BACK = URI.create("https://partner.example/consented?from=mde");
    private static final AdminConsent CONSENT = AdminConsent.of("client-1", BACK);

    @Test
    void shouldNameThePageOfAnyOrganisation() {
        assertThat(CONSENT.page("s t+te&"))
                .hasToString("https://login.microsoftonline.com/organizations/adminconsent?client_id=client-1"
                        + "&redirect_uri=https%3A%2F%2Fpartner.example%2Fconsented%3Ffrom%3Dmde&state=s+t%2Bte%26");
    }

    @Test
    void shouldNameThePageOfOneCustomerInAnotherCloud() {
        assertThat(CONSENT.at(URI.create("https://login.microsoftonline.us/"))
                        .in("quayside.example")
                        .page("x"))
                .hasToString("https://login.microsoftonline.us/quayside.example/adminconsent?client_id=client-1"
                        + "&redirect_uri=https%3A%2F%2Fpartner.example%2Fconsented%3Ffrom%3Dmde&state=x");
        assertThatThrownBy(() -> CONSENT.in("a/b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadWhichTenantConsented() {
        assertThat(CONSENT.consentingTenant(URI.create(BACK + "&tenant=t-1&state=st%26te&admin_consent=True"), "st&te"))
                .isEqualTo("t-1");
    }

    @Test
    void shouldSayThatConsentWasNotGiven() {
        assertThatThrownBy(() -> CONSENT.consentingTenant(
                        URI.create(BACK + "&error=access_denied&error_description=AADSTS90094%3a+Ask.&state=st"), "st"))
                .isInstanceOfSatisfying(
                        AuthenticationException.class,
                        e -> assertThat(e.serviceCode()).isEqualTo("AADSTS90094"))
                .hasMessageContaining("access_denied")
                .hasMessageContaining("administrator must consent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&tenant=t-1&admin_consent=True",
                "&tenant=t-1&admin_consent=True&state=other",
                "&tenant=t-1&admin_consent=False&state=st",
                "&admin_consent=True&state=st",
                "&state=st"
            })
    void shouldTrustNothingElse(String query) {
        assertThatThrownBy(() -> CONSENT.consentingTenant(URI.create(BACK + query), "st"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("No consent");
    }
}
