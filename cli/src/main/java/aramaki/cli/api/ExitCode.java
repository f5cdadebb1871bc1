package aramaki.cli.api;

/// How a command ended, as the number that scripts see.
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed: the server cannot be reached, or could not do it, or found a fault"),
    USAGE(2, "wrong usage: an unknown command or option, or a value we cannot read"),
    REFUSED(3, "refused: the server understood and will not do it; the message says why"),
    SIGN_IN(4, "sign in first: aramaki login"),
    INTERRUPTED(130, "interrupted with Ctrl-C");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
