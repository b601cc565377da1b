package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.testing.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of users: by password, by browser, by what an earlier sign-in left. */
class UserSignInTest {

    private static final String VERIFIER = "0123456789012345678901234567890123456789abc";

    /** SHA-256 of the verifier, made with another tool. */
    private static final String CHALLENGE = "DksyTyvjKJMTgEpPXzLiaCJ1P325hYFdr6STK5uo-WM";

    private static final String REDIRECT = "http://localhost:4711/";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final Login login = new Login(DefenderEmulator.builder()
            .size(50)
            .clock(clock)
            .user("pia@harbour.example", "p+w&1")
            .user("ole@harbour.example", "p+w&2", "Alert.Read", "Machine.Read"));

    private ServiceCaller.Answer password(String name, String password, String scope) {
        return login.post(Login.V2 + "token", scope, "grant_type", "password", "username", name, "password", password);
    }

    private ServiceCaller.Answer ole(String scope) {
        return password("ole@harbour.example", "p+w&2", scope);
    }

    @Test
    void shouldGiveAUserScopesInsteadOfRoles() throws Exception {
        ServiceCaller.Answer answer = ole(Login.API + "/.default");
        JWTClaimsSet claims = Login.claims(answer);

        assertThat(claims.getStringClaim("scp")).isEqualTo("Alert.Read Machine.Read");
        assertThat(claims.getClaim("roles")).isNull();
        assertThat(claims.getStringClaim("upn")).isEqualTo("ole@harbour.example");
        assertThat(claims.getSubject()).isEqualTo(claims.getStringClaim("oid"));
        assertThat(answer.json().get("scope").asText())
                .isEqualTo(Login.API + "/Alert.Read " + Login.API + "/Machine.Read");
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void shouldLetAUserCallWhatTheScopesAllow() {
        assertThat(login.called(ole(Login.API + "/.default"), "/api/alerts")).isEqualTo(200);
        ServiceCaller.Answer refused = login.caller().get("/api/indicators");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorMessage())
                .isEqualTo("Missing application scopes. API required scopes: Ti.ReadWrite, application scopes: "
                        + "Alert.Read, Machine.Read.");
        assertThat(login.called(ole(Login.API + "/Machine.Read"), "/api/alerts"))
                .isEqualTo(403);
        assertThat(login.called(password("pia@harbour.example", "p+w&1", Login.API + "/.default"), "/api/indicators"))
                .isEqualTo(200);
    }

    @Test
    void shouldGiveAnApplicationWithoutRolesATokenWithoutTheClaim() {
        Login bare = new Login(DefenderEmulator.builder().size(50).roles());
        ServiceCaller.Answer answer = bare.token("grant_type", "client_credentials", "client_secret", Login.SECRET);

        assertThat(Login.claims(answer).getClaims()).doesNotContainKey("roles");
        assertThat(bare.called(answer, "/api/alerts")).isEqualTo(403);
    }

    @Test
    void shouldRefuseScopesThatMakeNoSense() {
        Login.refused(ole(Login.API + "/Ti.ReadWrite"), "invalid_grant", 65001);
        Login.refused(ole("offline_access"), "invalid_scope", 700023);
        Login.refused(ole("Alert.Read"), "invalid_scope", 70011);
        Login.refused(ole(Login.API + "/.default " + Login.API + "/Alert.Read"), "invalid_scope", 70011);
        Login.refused(
                ole(Login.API + "/Alert.Read https://graph.microsoft.com/SecurityAlert.Read.All"),
                "invalid_scope",
                700022);
        Login.refused(ole("https://elsewhere.example/.default"), "invalid_resource", 500011);
    }

    @Test
    void shouldRefuseWrongNamesAndPasswords() {
        Login.refused(password("ole@harbour.example", "p+w&1", Login.API + "/.default"), "invalid_grant", 50126);
        Login.refused(password("nora@harbour.example", "p+w&1", Login.API + "/.default"), "invalid_grant", 50034);
    }

    @Test
    void shouldRefuseAWrongSecretBesideTheUser() {
        Login.refused(
                login.token(
                        "grant_type",
                        "password",
                        "username",
                        "ole@harbour.example",
                        "password",
                        "p+w&2",
                        "client_secret",
                        "wrong"),
                "invalid_client",
                7000215);
    }

    private Map<String, String> browse(String more) {
        ServiceCaller.Answer answer = login.caller()
                .call(
                        "GET",
                        Login.V2 + "authorize?client_id=" + Login.CLIENT
                                + "&response_type=code&state=s%261&redirect_uri="
                                + ServiceCaller.encode(REDIRECT) + "&scope="
                                + ServiceCaller.encode(Login.API + "/.default offline_access") + more,
                        "",
                        Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        URI location = URI.create(answer.headers().get("Location"));
        assertThat(location.toString()).startsWith(REDIRECT + "?");
        Map<String, String> values = new Query(location.getRawQuery()).values();
        assertThat(values).containsEntry("state", "s&1");
        return values;
    }

    private ServiceCaller.Answer redeem(String code, String redirect, String verifier) {
        return login.post(
                Login.V2 + "token",
                Login.API + "/.default offline_access",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirect,
                "code_verifier",
                verifier);
    }

    private String code() {
        return browse("&code_challenge=" + CHALLENGE + "&code_challenge_method=S256")
                .get("code");
    }

    @Test
    void shouldSendTheBrowserBackWithACode() throws Exception {
        ServiceCaller.Answer answer = redeem(code(), REDIRECT, VERIFIER);

        assertThat(Login.claims(answer).getStringClaim("upn")).isEqualTo("pia@harbour.example");
        assertThat(answer.json().get("refresh_token").asText()).isNotEmpty();
        String hinted = browse("&login_hint=ole%40harbour.example").get("code");
        assertThat(Login.claims(redeem(hinted, REDIRECT, "")).getStringClaim("upn"))
                .isEqualTo("ole@harbour.example");
    }

    @Test
    void shouldRefuseACodeThatIsNotTheCallers() {
        Login.refused(redeem(code(), REDIRECT, VERIFIER + "x"), "invalid_grant", 501481);
        Login.refused(redeem(code(), REDIRECT, ""), "invalid_grant", 501481);
        Login.refused(redeem(code(), REDIRECT + "x", VERIFIER), "invalid_grant", 500112);
        Login.refused(redeem("0.Aabc", REDIRECT, VERIFIER), "invalid_grant", 54005);
        String once = code();
        assertThat(redeem(once, REDIRECT, VERIFIER).status()).isEqualTo(200);
        Login.refused(redeem(once, REDIRECT, VERIFIER), "invalid_grant", 54005);
        String late = code();
        clock.advance(Duration.ofMinutes(10));
        Login.refused(redeem(late, REDIRECT, VERIFIER), "invalid_grant", 70008);
    }

    @Test
    void shouldTellTheBrowserWhatIsWrong() {
        login.signIns().declineNext();
        assertThat(browse("")).containsEntry("error", "access_denied").doesNotContainKey("code");
        assertThat(browse("")).containsKey("code");
        assertThat(browse("&login_hint=nora%40harbour.example")).containsEntry("error", "login_required");
    }

    @Test
    void shouldSendTheBrowserNowhereElse() {
        String rest = "&response_type=code&scope=" + ServiceCaller.encode(Login.API + "/.default") + "&redirect_uri=";
        ServiceCaller.Answer elsewhere = login.caller()
                .call(
                        "GET",
                        Login.V2 + "authorize?client_id=" + Login.CLIENT + rest + "https%3A%2F%2Fevil.example%2F",
                        "",
                        Map.of());
        Login.refused(elsewhere, "invalid_request", 50011);
        Login.refused(
                login.caller()
                        .call(
                                "GET",
                                Login.V2 + "authorize?client_id=x" + rest + "http%3A%2F%2Flocalhost",
                                "",
                                Map.of()),
                "unauthorized_client",
                700016);
    }

    private ServiceCaller.Answer refresh(String token) {
        return login.post(
                Login.V2 + "token",
                Login.API + "/Alert.Read offline_access",
                "grant_type",
                "refresh_token",
                "refresh_token",
                token);
    }

    @Test
    void shouldGiveANewRefreshTokenWithEveryUse() throws Exception {
        String first =
                redeem(code(), REDIRECT, VERIFIER).json().get("refresh_token").asText();
        ServiceCaller.Answer answer = refresh(first);
        String second = answer.json().get("refresh_token").asText();

        assertThat(second).isNotEqualTo(first);
        assertThat(Login.claims(answer).getStringClaim("scp")).isEqualTo("Alert.Read");
        assertThat(refresh(first).status())
                .as("the platform leaves the old one good")
                .isEqualTo(200);
        login.signIns().endSessions();
        Login.refused(refresh(second), "invalid_grant", 50173);
    }
}
