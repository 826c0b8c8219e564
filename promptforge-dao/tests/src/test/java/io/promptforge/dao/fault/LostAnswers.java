package io.promptforge.dao.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The way to a server, on which the answer to a statement can be lost: the server has done it, and the connection is cut off. */
final class LostAnswers implements AutoCloseable {
    private final int target;
    private final ServerSocket entrance;
    private final AtomicInteger countdown = new AtomicInteger();
    private volatile String words = "";

    LostAnswers(int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on, loses the answer to this statement, counted from 1, of those with these words; the others arrive. */
    void loseAnswer(String wordsOfStatement, int number) {
        words = wordsOfStatement;
        countdown.set(number);
    }

    /** Whether the answer is still to be lost. */
    boolean isWaiting() {
        return countdown.get() > 0;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            AtomicBoolean lost = new AtomicBoolean();
            daemon(() -> transfer(client, server, chunk -> {
                if (countdown.get() > 0 && chunk.contains(words) && countdown.decrementAndGet() == 0) {
                    lost.set(true);
                }
                return true;
            }));
            daemon(() -> transfer(server, client, chunk -> !lost.get()));
        }
    }

    /** Ends when a chunk is not to be transferred. */
    private static void transfer(Socket from, Socket to, Predicate<String> transferred) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            for (int read = read(from, buffer); read >= 0; read = read(from, buffer)) {
                if (!transferred.test(new String(buffer, 0, read, ISO_8859_1))) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        }
    }

    private static int read(Socket socket, byte[] buffer) throws IOException {
        return socket.getInputStream().read(buffer);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Its socket is closed: the end that is wanted.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
