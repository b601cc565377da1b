package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program that signs in at the service logic, as an application that has a secret or as one that has none. */
final class Login {

    static final String TENANT = Seeded.uuid(1, 0, 101);
    static final String CLIENT = Seeded.uuid(1, 0, 102);
    static final String SECRET = "e~" + Seeded.hex(1, 0, 103, 20) + "+/&=%";
    static final String API = "https://api.securitycenter.microsoft.com";
    static final String V1 = "/" + TENANT + "/oauth2/";
    static final String V2 = V1 + "v2.0/";

    private final ServiceCaller caller;

    Login(DefenderEmulator.Builder builder) {
        this.caller = new ServiceCaller(builder.service());
    }

    ServiceCaller caller() {
        return caller;
    }

    SignIns signIns() {
        return caller.service().signIns();
    }

    /** A token request with a client id, a scope and what is given; an empty value is left out. */
    ServiceCaller.Answer token(String... fields) {
        return post(V2 + "token", API + "/.default", fields);
    }

    ServiceCaller.Answer post(String path, String scope, String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", CLIENT);
        form.put("scope", scope);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return caller.form(path, form);
    }

    /** The status of an API call with the token of an answer. */
    int called(ServiceCaller.Answer answer, String target) {
        return caller.useToken(accessToken(answer)).get(target).status();
    }

    static String accessToken(ServiceCaller.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("access_token").asText();
    }

    static JWTClaimsSet claims(ServiceCaller.Answer answer) {
        try {
            return SignedJWT.parse(accessToken(answer)).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    static void refused(ServiceCaller.Answer answer, String error, int code) {
        assertThat(answer.json().path("error").asText()).as(answer.text()).isEqualTo(error);
        assertThat(answer.json().path("error_codes").path(0).asInt())
                .as(answer.text())
                .isEqualTo(code);
        assertThat(answer.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
    }
}
