package aramaki.cli;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.output.Plain;
import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place where what went wrong becomes words on stderr and a number for scripts.
final class Errors {
    private final Shell shell;

    Errors(Shell shell) {
        this.shell = shell;
    }

    /// A command line that we cannot read.
    int unreadable(ParameterException e) {
        var command = e.getCommandLine();
        boolean justANoun = command.getCommandSpec().userObject() instanceof Noun;
        if (justANoun && !(e instanceof UnmatchedArgumentException)) {
            command.usage(command.getErr());
        }
        return told(usage(e, command));
    }

    /// A command that flew out.
    int failed(Exception e, CommandLine command) {
        return told(failure(e, command));
    }

    private static Failure usage(ParameterException e, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        var similar =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.<String>of();
        String fix =
                similar.isEmpty()
                        ? "see: " + name + " --help"
                        : "did you mean: " + String.join(", or ", similar);
        boolean noCommand =
                command.getCommandSpec().userObject() instanceof Noun
                        && e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.isUnknownOption();
        String what =
                noCommand
                        ? "there is no command " + name + " " + unmatched(e)
                        : name + ": " + e.getMessage();
        return Failure.usage(what, fix);
    }

    private static String unmatched(ParameterException e) {
        return e instanceof UnmatchedArgumentException u ? u.getUnmatched().getFirst() : "";
    }

    private Failure failure(Exception e, CommandLine command) {
        return switch (e) {
            case Failure failure -> failure;
            case Refusal refusal -> refused(refusal, command);
            case TypeConversionException wrong ->
                    Failure.usage(
                            String.valueOf(wrong.getMessage()),
                            "see: " + command.getCommandSpec().qualifiedName() + " --help");
            case UncheckedIOException io ->
                    Failure.failed(
                            String.valueOf(io.getMessage()), String.valueOf(io.getCause()), "");
            default ->
                    Failure.failed(
                            "this is a fault of aramaki itself",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "please report it, with " + place(e));
        };
    }

    private Failure refused(Refusal refusal, CommandLine command) {
        return switch (refusal.reason()) {
            case UNAUTHENTICATED ->
                    new Failure(
                            ExitCode.SIGN_IN,
                            shell.server() + " does not know you",
                            refusal.text(),
                            "sign in: aramaki login --server " + shell.server());
            case UNAVAILABLE ->
                    Failure.failed(
                            shell.server() + " cannot do it now",
                            refusal.text(),
                            "try again in a moment");
            case FORBIDDEN -> refused(refusal, "who you are there: aramaki whoami");
            case NOT_FOUND -> refused(refusal, whatThereIs(command));
            case INVALID, CONFLICT, LIMITED -> refused(refusal, "");
        };
    }

    private static Failure refused(Refusal refusal, String fix) {
        return new Failure(ExitCode.REFUSED, refusal.text(), "", fix);
    }

    private static String whatThereIs(CommandLine command) {
        var noun = command.getParent();
        return noun != null && noun.getSubcommands().containsKey("list")
                ? "what there is: " + noun.getCommandSpec().qualifiedName() + " list"
                : "";
    }

    private int told(Failure failure) {
        var err = shell.terminal().err();
        err.println(Plain.line("✖ " + failure.what()));
        Stream.of(failure.why(), failure.fix())
                .filter(s -> !s.isBlank())
                .forEach(s -> err.println("  " + Plain.line(s)));
        return failure.exitCode().number();
    }

    /// One place instead of a stack trace: enough to find it, little enough to type.
    private static String place(Exception e) {
        return Arrays.stream(e.getStackTrace())
                .filter(f -> f.getClassName().startsWith("aramaki."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("what you typed");
    }
}
