package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.util.List;

/**
 * The files that alerts are about. A file has a number, and everything known of it follows from that. It belongs to one
 * threat, so that all alerts on the file agree on its name and its verdict.
 */
public final class KnownFiles {

    private static final int PER_THREAT = 4_200;
    private static final int COUNT = PER_THREAT * Threat.ALL.size();
    private static final int SHA1 = 51;
    private static final int SHA256 = 52;
    private static final int SHA1_DIGITS = 40;
    private static final int SHA256_DIGITS = 64;

    private final long seed;
    private final long newest;

    KnownFiles(Organisation organisation, long newest) {
        this.seed = organisation.seed();
        this.newest = newest;
    }

    /** Returns the number of the file of an alert, from the hash of the alert. */
    public static int of(long alertHash) {
        return Seeded.below(alertHash >>> 3, PER_THREAT) * Threat.ALL.size()
                + Seeded.below(alertHash, Threat.ALL.size());
    }

    static String sha1(long seed, int file) {
        return Seeded.hex(seed, file, SHA1, SHA1_DIGITS);
    }

    static String sha256(long seed, int file) {
        return Seeded.hex(seed, file, SHA256, SHA256_DIGITS);
    }

    public String sha1(int file) {
        return sha1(seed, file);
    }

    Threat threat(int file) {
        return Threat.ALL.get(file % Threat.ALL.size());
    }

    /** Returns the number of the file with this SHA-1 or SHA-256; -1 if there is none. */
    public int find(String hash) {
        int purpose = hash.length() == SHA256_DIGITS ? SHA256 : SHA1;
        long firstWord = Long.parseUnsignedLong(hash.substring(0, 16), 16);
        for (int file = 0; file < COUNT; file++) {
            if (Seeded.hash(seed, file, purpose) == firstWord
                    && hash.equalsIgnoreCase(Seeded.hex(seed, file, purpose, hash.length()))) {
                return file;
            }
        }
        return -1;
    }

    public Entity entity(int file) {
        long hash = Seeded.hash(seed, file, 55);
        Threat threat = threat(file);
        boolean malware = threat.family() != null;
        return new Entity()
                .with("sha1", sha1(file))
                .with("sha256", sha256(seed, file))
                .with("md5", Seeded.hex(seed, file, 53, 32))
                .with("globalPrevalence", prevalence(file))
                .with("globalFirstObserved", Ticks.instant(firstObserved(file)))
                .with("globalLastObserved", Ticks.instant(newest))
                .with("size", 20_000 + Seeded.below(hash >>> 9, 4_000_000))
                .with("fileType", "PortableExecutable")
                .with("isPeFile", true)
                .with("filePublisher", malware ? null : "Brinesoft")
                .with("fileProductName", malware ? null : "Brinesoft&reg; Tools")
                .with("signer", malware ? null : "Brinesoft Signing 4")
                .with("issuer", malware ? null : "Example Code CA 2")
                .with("signerHash", malware ? null : Seeded.hex(seed, 1, 54, 40))
                .with("isValidCertificate", !malware)
                .with("determinationType", malware ? "Malware" : "Unknown")
                .with("determinationValue", threat.name());
    }

    /** Returns the numbers of the file in the organisation, as of the sightings, and worldwide. */
    public Entity statistics(int file, Sightings.Seen seen) {
        return new Entity()
                .with("sha1", sha1(file))
                .with("organizationPrevalence", seen.devices())
                .with("orgFirstSeen", seen.first())
                .with("orgLastSeen", seen.last())
                .with("globallyPrevalence", prevalence(file))
                .with("globalFirstObserved", Ticks.instant(firstObserved(file)))
                .with("globalLastObserved", Ticks.instant(newest))
                .with("topFileNames", List.of(threat(file).fileName()));
    }

    private int prevalence(int file) {
        return 100 + Seeded.below(Seeded.hash(seed, file, 56), 100_000);
    }

    /** Returns the first observation, which is before the first alert. */
    private long firstObserved(int file) {
        return newest - 200 * Ticks.DAY - Math.floorMod(Seeded.hash(seed, file, 57), 700 * Ticks.DAY);
    }
}
