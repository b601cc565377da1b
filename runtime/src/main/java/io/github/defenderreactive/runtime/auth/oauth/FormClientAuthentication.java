package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a {@link ClientAuthentication} in the type of the OAuth library. The library's own type for assertions
 * accepts only those issued by the application itself, which excludes the token of a platform.
 */
final class FormClientAuthentication extends com.nimbusds.oauth2.sdk.auth.ClientAuthentication {

    private final Map<String, String> fields;

    FormClientAuthentication(ClientID client, Map<String, String> fields) {
        super(ClientAuthenticationMethod.CLIENT_SECRET_POST, client);
        this.fields = fields;
    }

    @Override
    public Set<String> getFormParameterNames() {
        return fields.keySet();
    }

    @Override
    public void applyTo(HTTPRequest message) {
        try {
            Map<String, List<String>> form = new LinkedHashMap<>(message.getBodyAsFormParameters());
            // Some authorities require the client id in addition to an assertion that contains it.
            form.put("client_id", List.of(getClientID().getValue()));
            fields.forEach((name, value) -> form.put(name, List.of(value)));
            message.setBody(URLUtils.serializeParameters(form));
        } catch (ParseException e) {
            throw new IllegalStateException("The form of the token request cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return "FormClientAuthentication" + fields.keySet();
    }
}
