package aramaki.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// The version of this program, as its build wrote it.
final class AgentVersion implements IVersionProvider {
    static String text() {
        try (var in = AgentVersion.class.getResourceAsStream("version")) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the version", e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"aramaki-agent " + text()};
    }
}
