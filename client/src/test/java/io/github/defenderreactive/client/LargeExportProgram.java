package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportCheckpoint;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.export.ExportProgress;
import io.github.defenderreactive.client.export.Placed;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads an export as a process of its own, stops once in the middle without an orderly end of the consumer, and
 * continues at a checkpoint that is older than the last record. Prints what it has seen.
 *
 * <p>Arguments: URL, authority, tenant, application, secret, file of the certificate, records in a file, records in
 * all.
 */
final class LargeExportProgram {

    private static final int BETWEEN_CHECKPOINTS = 5_000;

    private final Map<String, BitSet> places = new HashMap<>();
    private final BitSet ids = new BitSet();
    private final AtomicReference<ExportProgress> progress = new AtomicReference<>();
    private final int perFile;
    private ExportCheckpoint current = ExportCheckpoint.start();
    private String stored = current.toString();
    private long received;
    private long repeated;
    private int requests;

    private LargeExportProgram(int perFile) {
        this.perFile = perFile;
    }

    public static void main(String[] arguments) throws IOException, CertificateException {
        PrintStream out = System.out;
        long begin = System.nanoTime();
        DefenderClient client = DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE
                        .withServer(URI.create(arguments[0]))
                        .withAuthority(URI.create(arguments[1])))
                .tenantId(arguments[2])
                .clientSecret(arguments[3], () -> arguments[4])
                .transportOptions(TransportOptions.builder()
                        .trustedCertificates(List.of(certificate(Path.of(arguments[5]))))
                        .build())
                // The links expire more often than the quota of the operation allows to renew them.
                .rateLimiter(RateLimiter.unlimited())
                // The emulator shares the processors with this process, and computes the files while it sends them.
                .deadline(Duration.ofMinutes(5))
                .build();
        LargeExportProgram program = new LargeExportProgram(Integer.parseInt(arguments[6]));
        long all = Long.parseLong(arguments[7]);
        program.read(client.exports().read(FileExports.VULNERABILITIES), all / 2 + BETWEEN_CHECKPOINTS / 2);
        program.read(client.exports().read(FileExports.VULNERABILITIES), Long.MAX_VALUE);
        client.close();
        out.println("distinct places " + program.distinctPlaces());
        out.println("distinct records " + program.ids.cardinality());
        out.println("repeated places " + program.repeated);
        out.println("requests for links " + program.requests + ", "
                + (System.nanoTime() - begin) / 1_000_000 + " ms, heap "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static X509Certificate certificate(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void read(ExportFlux<AssetVulnerability> export, long most) {
        current = ExportCheckpoint.parse(stored);
        export.startAt(current)
                .onProgress(progress::set)
                .withPlaces()
                .take(most)
                .doOnNext(this::record)
                .then()
                .block();
        requests += progress.get().linkRequests();
    }

    private void record(Placed<AssetVulnerability> placed) {
        received++;
        BitSet lines = places.computeIfAbsent(placed.file(), file -> new BitSet());
        if (lines.get((int) placed.line())) {
            repeated++;
        }
        lines.set((int) placed.line());
        String[] id = String.valueOf(placed.record().id()).split("/");
        ids.set(Integer.parseInt(id[0]) * perFile + Integer.parseInt(id[1]));
        current = current.after(placed);
        if (received % BETWEEN_CHECKPOINTS == 0) {
            stored = current.toString();
        }
    }

    private long distinctPlaces() {
        return places.values().stream().mapToLong(BitSet::cardinality).sum();
    }
}
