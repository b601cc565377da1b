package io.github.defenderreactive.runtime.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Answers each request with the {@link Mischief} that stands in its target, over blocking sockets. */
final class HostileServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Conversation> idle = new ConcurrentHashMap<>();
    private final @Nullable X509Bundle identity;
    private final ServerSocket socket;

    private HostileServer(@Nullable X509Bundle identity) throws Exception {
        this.identity = identity;
        this.socket = identity == null
                ? new ServerSocket(0, 50, InetAddress.getLoopbackAddress())
                : context(identity)
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    static HostileServer start(boolean tls) throws Exception {
        return new HostileServer(
                tls
                        ? new CertificateBuilder()
                                .subject("CN=localhost")
                                .setIsCertificateAuthority(true)
                                .addSanDnsName("localhost")
                                .buildSelfSigned()
                        : null);
    }

    private static SSLContext context(X509Bundle identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", identity.getKeyPair().getPrivate(), new char[0], identity.getCertificatePath());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    List<X509Certificate> certificates() {
        return identity == null ? List.of() : List.of(identity.getCertificate());
    }

    /** The request that gets this mischief. */
    URI uri(String id, Mischief mischief, long seed) {
        return URI.create((identity == null ? "http" : "https") + "://localhost:" + socket.getLocalPort() + "/" + id
                + "?" + mischief + "&" + seed);
    }

    /** The body of its own response. */
    static String body(String id, long seed) {
        return ("<" + id + ">").repeat(1 + new Random(seed).nextInt(300));
    }

    /** Sends bytes on the idle connection of a request that was answered, and waits until the client has closed it. */
    void strayAfter(String id, Random random) throws Exception {
        Conversation conversation = idle.remove(id);
        if (conversation.over.getCount() == 0) {
            // it was that of the call before, too
            return;
        }
        byte[] stray = Mischief.stray(random);
        try {
            OutputStream out = conversation.client.getOutputStream();
            out.write(stray);
            out.flush();
        } catch (SocketException closed) {
            // it was that of the call before, and is being closed
        }
        if (!conversation.over.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The client keeps a connection on which bytes came that nobody asked for");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                threads.execute(new Conversation(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private final class Conversation implements Runnable {

        private final Socket client;
        private final CountDownLatch over = new CountDownLatch(1);

        Conversation(Socket client) {
            this.client = client;
        }

        @Override
        public void run() {
            try (client) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                String line = in.readLine();
                while (line != null) {
                    String target = line.split(" ")[1];
                    while (!in.readLine().isEmpty()) {
                        // headers
                    }
                    if (!answer(target)) {
                        return;
                    }
                    line = in.readLine();
                }
            } catch (IOException gone) {
                // the client has closed the connection
            } finally {
                over.countDown();
            }
        }

        /** False at the end of the connection. */
        private boolean answer(String target) throws IOException {
            String[] parts = target.split("[/?&]");
            String id = parts[1];
            Mischief mischief = Mischief.valueOf(parts[2]);
            long seed = Long.parseLong(parts[3]);
            if (mischief == Mischief.STRAY_WHEN_IDLE) {
                idle.put(id, this);
            }
            OutputStream out = client.getOutputStream();
            for (byte[] segment : mischief.segments(body(id, seed), new Random(seed))) {
                out.write(segment);
                out.flush();
            }
            if (mischief == Mischief.RESET) {
                client.setSoLinger(true, 0);
            }
            return !mischief.closes();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
