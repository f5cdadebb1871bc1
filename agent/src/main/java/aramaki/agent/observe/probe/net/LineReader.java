package aramaki.agent.observe.probe.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads the lines of a greeting, none longer than allowed. It takes not one byte more than the
/// lines it was asked for, so that TLS can begin behind them.
public final class LineReader {
    private final InputStream stream;
    private final int longest;

    public LineReader(InputStream stream, int longest) {
        this.stream = stream;
        this.longest = longest;
    }

    /// The next line, without its end.
    public String next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = stream.read(); b != '\n'; b = stream.read()) {
            if (b < 0) {
                throw new EOFException(
                        line.size() == 0
                                ? "it closed the connection without a greeting"
                                : "it closed the connection within a line");
            }
            if (line.size() >= longest) {
                throw new IOException("it sent a line of more than " + longest + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
