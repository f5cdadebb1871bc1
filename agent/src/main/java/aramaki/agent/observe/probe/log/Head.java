package aramaki.agent.observe.probe.log;

import aramaki.agent.observe.probe.net.RegularFile;
import aramaki.protocol.crypto.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// How a file begins, as a digest.
final class Head {
    static final int LENGTH = 1024;

    private Head() {}

    static String of(Path file, int length) throws IOException {
        RegularFile.look(file);
        try (var stream = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(Digests.sha256(stream.readNBytes(length)), 0, 16);
        }
    }
}
