package io.github.defenderreactive.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy on the loopback that tunnels every {@code CONNECT} to one server, whatever host it names. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final @Nullable String credentials;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private ConnectProxy(int target, @Nullable String credentials) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.credentials = credentials;
        threads.execute(this::accept);
    }

    /** A proxy that requires no credentials, with the port of the server that it leads to. */
    public static ConnectProxy to(int target) throws IOException {
        return new ConnectProxy(target, null);
    }

    /** A proxy that answers 407 to other credentials, and quotes them. */
    public static ConnectProxy to(int target, String user, String password) throws IOException {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new ConnectProxy(target, "basic " + basic);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The host and port of every {@code CONNECT}, also of those that were refused. */
    public List<String> targets() {
        return heads.stream().map(head -> head.split(" ", 3)[1]).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder read = new StringBuilder();
            while (read.indexOf("\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    return;
                }
                read.append((char) next);
            }
            String head = read.toString();
            heads.add(head);
            String given = head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("none");
            if (credentials != null && !credentials.equals(given.replaceFirst("(?i)^basic", "basic"))) {
                say(client, "HTTP/1.1 407 Not with " + given + "\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                say(client, "HTTP/1.1 200 Connected\r\n\r\n");
                threads.execute(() -> transfer(server, client));
                transfer(client, server);
            }
        } catch (IOException e) {
            // either side is gone, and so is the tunnel
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void transfer(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // either side is gone, and so is the tunnel
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
