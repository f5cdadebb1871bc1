package aramaki.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The server's end of one WebSocket over a plain socket: text, ping, pong and close.
final class Socket implements Closeable {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final java.net.Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private volatile boolean answersPings = true;

    private Socket(java.net.Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /// Answers the upgrade request; its first line must ask for `path`.
    static Socket upgrade(java.net.Socket socket, String path, String subprotocol)
            throws IOException {
        var one = new Socket(socket);
        String key = "";
        String request = one.line();
        if (!request.equals("GET " + path + " HTTP/1.1")) {
            throw new IOException("not our path: " + request);
        }
        for (String line = one.line(); !line.isEmpty(); line = one.line()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(key)
                        + "\r\nSec-WebSocket-Protocol: "
                        + subprotocol
                        + "\r\n\r\n";
        one.out.write(answer.getBytes(StandardCharsets.US_ASCII));
        one.out.flush();
        return one;
    }

    void ignorePings() {
        answersPings = false;
    }

    void send(byte[] text) throws IOException {
        frame(TEXT, text);
    }

    /// The next whole text message; null when the other side said good-bye or is gone.
    byte @Nullable [] receive() throws IOException {
        var message = new ByteArrayOutputStream();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = payload();
                switch (first & 0x0f) {
                    case CLOSE -> {
                        frame(CLOSE, payload);
                        return null;
                    }
                    case PING -> {
                        if (answersPings) {
                            frame(PONG, payload);
                        }
                    }
                    case PONG -> {}
                    default -> {
                        message.writeBytes(payload);
                        if ((first & 0x80) != 0) {
                            return message.toByteArray();
                        }
                    }
                }
            }
        } catch (EOFException e) {
            return null;
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        var mask = new byte[4];
        in.readFully(mask);
        var payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private synchronized void frame(int opcode, byte[] payload) throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(0x80 | opcode);
        if (payload.length < 126) {
            head.write(payload.length);
        } else if (payload.length < 65536) {
            head.write(126);
            head.write(payload.length >> 8);
            head.write(payload.length);
        } else {
            head.write(127);
            head.writeBytes(java.nio.ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        head.writeBytes(payload);
        out.write(head.toByteArray());
        out.flush();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                            .getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
