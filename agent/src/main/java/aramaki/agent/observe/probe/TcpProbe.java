package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// Connects to a port and hangs up. A port that cannot be reached is critical.
record TcpProbe(String host, int port, Thresholds thresholds, Duration timeout) implements Probe {
    static TcpProbe of(Parameters parameters, Duration timeout) {
        return new TcpProbe(
                parameters.text("host").strip(),
                parameters.number("port", 1, 65535),
                parameters.thresholds(),
                timeout);
    }

    @Override
    public State silence() {
        return State.CRITICAL;
    }

    @Override
    public Finding find() {
        long begin = System.nanoTime();
        try (var socket = new Socket()) {
            var address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return Finding.of(State.CRITICAL, name() + ": the host's name is not known");
            }
            socket.connect(address, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        } catch (IOException e) {
            return Finding.of(
                    State.CRITICAL, name() + ": " + Text.line(String.valueOf(e.getMessage()), 500));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Finding(
                thresholds.state(seconds),
                name() + " connected in " + Text.number(seconds) + " s",
                List.of(thresholds.metric("time", seconds, "s")));
    }

    private String name() {
        return host + " port " + port;
    }
}
