package aramaki.agent.observe.probe.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/// A host and port to connect to.
public record Peer(String host, int port, Duration timeout) {
    /// The caller closes the socket; each read of it ends in the same time.
    public Socket connect() throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host's name is not known");
        }
        var socket = new Socket();
        try {
            socket.connect(address, millis());
            socket.setSoTimeout(millis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public String name() {
        return host + " port " + port;
    }

    private int millis() {
        return (int) Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }
}
