package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.scenarios.Installation.Crowd;
import aramaki.scenarios.Installation.Keeping;
import aramaki.testkit.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guarantee 2 under load: packets that are lost, links that are cut or slow, and connections that
/// break lose nothing and repeat nothing.
class BadNetworkScenario {
    private static final Crowd MANY = new Crowd(20, 10, "1s", "10s", 0.1);

    @TempDir Path folder;

    @Test
    void packetsThatAreLostLoseNoResult() throws Exception {
        try (var network = LossyNetwork.make();
                var installation =
                        new Installation(folder, Keeping.SQLITE, MANY, network.inside())) {
            installation.serve();
            network.lose(installation.port(), 25);
            installation.gather();
            installation.awaitAcked(600);
            network.lose(installation.port(), 100);
            installation.awaitMade(400);
            network.lose(installation.port(), 25);
            installation.awaitAcked(1000);
            long dropped = network.lost();
            network.mend();

            assertThat(dropped).as("packets dropped").isGreaterThan(50);
            installation.agrees();
        }
    }

    @Test
    void linksThatAreCutAndSlowLoseNoResultAndRepeatNone() throws Exception {
        try (var installation = new Installation(folder, Keeping.SQLITE, MANY)) {
            installation.serve();
            try (var cable = Relay.to(installation.port())) {
                installation.connectCrowdBy(cable.port());
                installation.gather();
                installation.awaitAcked(400);
                cable.delay(Duration.ofMillis(300));
                installation.awaitAcked(400);
                cable.reset();
                installation.awaitAcked(400);
                cable.cut();
                installation.awaitMade(600);
                cable.reset(); // what was on its way is gone, in the middle of frames
                cable.mend();
                installation.awaitAcked(1000);
                cable.delay(Duration.ZERO);

                installation.agrees();
            }
        }
    }

    /// A network of its own, in which the kernel drops a share of the packets of one port.
    private static final class LossyNetwork implements AutoCloseable {
        private static final String TABLE = "aramaki_loss";
        private final String name;

        private LossyNetwork(String name) {
            this.name = name;
        }

        static LossyNetwork make() throws IOException, InterruptedException {
            Root.required("makes a network of its own");
            var network = new LossyNetwork("aramaki-" + ProcessHandle.current().pid());
            Root.run("ip", "netns", "add", network.name);
            Root.run("ip", "-n", network.name, "link", "set", "lo", "up");
            return network;
        }

        List<String> inside() {
            return List.of("ip", "netns", "exec", name);
        }

        /// From now on so many of a hundred packets are lost, in either direction.
        void lose(int port, int percent) throws IOException, InterruptedException {
            nft("add table inet " + TABLE);
            nft("flush table inet " + TABLE);
            nft("add counter inet " + TABLE + " lost");
            nft(
                    "add chain inet "
                            + TABLE
                            + " in { type filter hook input priority 0; policy accept; }");
            String some = percent < 100 ? "numgen random mod 100 < " + percent : "";
            String share = some + " counter name lost drop";
            nft("add rule inet " + TABLE + " in tcp dport " + port + " " + share);
            nft("add rule inet " + TABLE + " in tcp sport " + port + " " + share);
        }

        long lost() throws IOException, InterruptedException {
            var said = nft("list counter inet " + TABLE + " lost");
            return Long.parseLong(said.replaceAll("(?s).*packets (\\d+).*", "$1"));
        }

        void mend() throws IOException, InterruptedException {
            nft("delete table inet " + TABLE);
        }

        private String nft(String words) throws IOException, InterruptedException {
            return Root.run("ip", "netns", "exec", name, "nft", words);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            Root.run("ip", "netns", "delete", name);
        }
    }
}
