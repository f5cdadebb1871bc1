package aramaki.agent.spool;

import aramaki.agent.Given;
import aramaki.agent.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// A process that spools as fast as it can, and prints the last durable seq, until it is killed.
final class SpoolWriterMain {
    private SpoolWriterMain() {}

    static void main(String[] args) throws IOException, InterruptedException {
        var limits = new Limits(64 << 20, 64 * 1024, 2000);
        var spool = Spool.open(Path.of(args[0]), limits, InstantSource.system(), Log.NONE);
        for (int i = 1; ; i++) {
            spool.append(Given.observation(i, "OK - " + i + " " + "x".repeat(i % 300)));
            if (i % 7 == 0) {
                spool.flush(Duration.ofSeconds(20));
                System.out.println(spool.standing().next() - 1);
            }
        }
    }
}
