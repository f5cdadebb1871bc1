package aramaki.cli.shell;

/// How the examples of a command are introduced.
public final class Examples {
    public static final String HEADING = "%nExamples:%n";

    private Examples() {}
}
