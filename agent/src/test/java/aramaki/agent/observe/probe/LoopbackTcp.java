package aramaki.agent.observe.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ServerSocketFactory;

/// A server on loopback that does the same with every connection.
final class LoopbackTcp implements AutoCloseable {
    /// What it does with one.
    @FunctionalInterface
    interface Talk {
        void with(Socket socket) throws IOException;
    }

    private final ServerSocket listener;

    private LoopbackTcp(ServerSocket listener) {
        this.listener = listener;
    }

    static LoopbackTcp of(Talk talk) throws IOException {
        return of(ServerSocketFactory.getDefault(), talk);
    }

    static LoopbackTcp of(ServerSocketFactory factory, Talk talk) throws IOException {
        var server =
                new LoopbackTcp(
                        factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> server.accept(talk));
        return server;
    }

    /// Says this and then waits for the other side to hang up.
    static LoopbackTcp saying(String text) throws IOException {
        return of(
                socket -> {
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                    untilItHangsUp(socket);
                });
    }

    static void untilItHangsUp(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    String port() {
        return "" + listener.getLocalPort();
    }

    private void accept(Talk talk) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, talk));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Talk talk) {
        try (socket) {
            talk.with(socket);
        } catch (IOException e) {
            // The probe hung up, as it may.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
