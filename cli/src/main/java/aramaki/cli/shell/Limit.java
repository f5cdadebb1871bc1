package aramaki.cli.shell;

import aramaki.cli.api.Failure;
import picocli.CommandLine.Option;

/// How many things a list prints at most.
public final class Limit {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    public int limit() {
        if (limit < 1) {
            throw Failure.usage("--limit " + limit + " prints nothing", "write 1 or more");
        }
        return limit;
    }
}
