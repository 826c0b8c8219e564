package io.promptforge.dao.trace.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way to a server, which can be shut: connections are then cut off, and new ones refused, until it is open again. */
final class TcpGate implements AutoCloseable {

    private final int target;
    private final int port;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private ServerSocket entrance;

    TcpGate(int target) {
        this.target = target;
        this.entrance = listen(0);
        this.port = entrance.getLocalPort();
    }

    int port() {
        return port;
    }

    void open() {
        entrance = listen(port);
    }

    @Override
    public void close() {
        close(entrance);
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            close(socket);
        }
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            daemon(() -> {
                while (true) {
                    Socket client = server.accept();
                    Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(client);
                    sockets.add(behind);
                    daemon(() -> client.getInputStream().transferTo(behind.getOutputStream()), behind);
                    daemon(() -> behind.getInputStream().transferTo(client.getOutputStream()), client);
                    if (server.isClosed()) {
                        close(client);
                        close(behind);
                    }
                }
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Transfer transfer, AutoCloseable... afterwards) {
        Thread thread = new Thread(() -> {
            try {
                transfer.run();
            } catch (IOException e) {
                // Its socket is closed: the end that is wanted.
            }
            for (AutoCloseable each : afterwards) {
                close(each);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Transfer {
        void run() throws IOException;
    }
}
