package aramaki.cli.api;

/// Why a command ended early, told in the order people read it: what, why, how to fix it.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;
    private final String what;
    private final String why;
    private final String fix;

    /// `why` and `fix` may be empty.
    public Failure(ExitCode exitCode, String what, String why, String fix) {
        super(what);
        this.exitCode = exitCode;
        this.what = what;
        this.why = why;
        this.fix = fix;
    }

    public static Failure failed(String what, String why, String fix) {
        return new Failure(ExitCode.FAILED, what, why, fix);
    }

    public static Failure usage(String what, String fix) {
        return new Failure(ExitCode.USAGE, what, "", fix);
    }

    public static Failure interrupted() {
        return new Failure(ExitCode.INTERRUPTED, "interrupted", "", "");
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    public String fix() {
        return fix;
    }
}
