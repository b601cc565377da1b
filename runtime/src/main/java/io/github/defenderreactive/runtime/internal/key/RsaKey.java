package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.Der;
import io.github.defenderreactive.runtime.internal.FileProblem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A private key in PKCS#8, PKCS#1 or SEC 1. Of other keys than those of RSA only the algorithm is read. */
final class RsaKey {

    private static final String RSA = "RSA";

    private static final Map<String, String> ALGORITHMS = Map.of(
            "1.2.840.113549.1.1.1", RSA,
            "1.2.840.113549.1.1.10", RSA,
            "1.2.840.10045.2.1", "EC",
            "1.2.840.10040.4.1", "DSA",
            "1.3.101.112", "Ed25519",
            "1.3.101.113", "Ed448");

    /** Version, modulus, both exponents, two primes, two exponents and a coefficient. */
    private static final int NUMBERS = 9;

    private final String algorithm;
    private final Der content;

    private RsaKey(String algorithm, Der content) {
        this.algorithm = algorithm;
        this.content = content;
    }

    /** Reads the algorithm of a key that is not encrypted. */
    static RsaKey of(Der value) throws FileProblem {
        List<Der> members = value.members();
        if (members.size() >= 3 && members.get(1).isCollection()) {
            String id = members.get(1).member(0).objectId();
            String algorithm = ALGORITHMS.getOrDefault(id, id);
            return new RsaKey(
                    algorithm, algorithm.equals(RSA) ? Der.first(members.get(2).octets()) : value);
        }
        if (members.size() >= NUMBERS) {
            return new RsaKey(RSA, value);
        }
        if (members.size() >= 2 && members.get(1).tag() == Der.OCTET_STRING) {
            return new RsaKey("EC", value);
        }
        throw Der.damaged();
    }

    String algorithm() {
        return algorithm;
    }

    boolean isRsa() {
        return algorithm.equals(RSA);
    }

    RSAPrivateKey read() throws FileProblem {
        List<BigInteger> numbers = new ArrayList<>();
        for (Der member : content.members()) {
            if (member.tag() == Der.INTEGER) {
                numbers.add(member.number());
            }
        }
        if (numbers.size() < NUMBERS) {
            throw Der.damaged();
        }
        try {
            return (RSAPrivateKey) KeyFactory.getInstance(RSA).generatePrivate(spec(numbers));
        } catch (GeneralSecurityException e) {
            // without the cause, which may quote numbers of the key
            throw new FileProblem("its key is damaged");
        }
    }

    private static KeySpec spec(List<BigInteger> numbers) throws FileProblem {
        BigInteger modulus = numbers.get(1);
        BigInteger one = numbers.get(4);
        BigInteger other = numbers.get(5);
        if (numbers.get(0).signum() != 0 || one.signum() == 0) {
            // more than two primes, or no primes
            return new RSAPrivateKeySpec(modulus, numbers.get(3));
        }
        if (!one.multiply(other).equals(modulus)) {
            throw new FileProblem("its key is damaged");
        }
        return new RSAPrivateCrtKeySpec(
                modulus, numbers.get(2), numbers.get(3), one, other, numbers.get(6), numbers.get(7), numbers.get(8));
    }

    @Override
    public String toString() {
        return "RsaKey[" + algorithm + "]";
    }
}
