package io.github.defenderreactive.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Makes signed JSON web tokens with nothing but the JDK, so that what reads them is tried against something else. */
public final class JwtMaker {

    private JwtMaker() {}

    /** A token with a signature that nobody checks. */
    public static String unchecked(String claims) {
        return part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims) + "." + part("signature");
    }

    /** A token signed with RS256. */
    public static String signed(String header, String claims, PrivateKey key) {
        String content = part(header) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
