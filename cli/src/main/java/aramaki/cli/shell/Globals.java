package aramaki.cli.shell;

import aramaki.cli.api.ServerUrl;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The top command `aramaki`, and the options that every command accepts.
@Command(
        name = "aramaki",
        description = "Watch systems, put what happened in context, and help them along.",
        footerHeading = "%nBegin with:%n",
        footer = {
            "  aramaki up              run everything on this host",
            "  aramaki watch           see it live",
            "  aramaki help alert      what there is to say about alerts",
            "  aramaki help exit-codes what a command's number says; also: environment, files, json"
        },
        sortOptions = false)
public final class Globals extends Noun {
    private static final String ALL = "";

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server to ask (ARAMAKI_SERVER).")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A file that holds the token (ARAMAKI_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "Authorities, as PEM, that are believed about the server's certificate instead"
                            + " of the public ones (ARAMAKI_CA).")
    private @Nullable Path authorities;

    @Option(
            names = "--json",
            paramLabel = "FIELDS",
            arity = "0..1",
            fallbackValue = ALL,
            preprocessor = OnlyAttached.class,
            scope = ScopeType.INHERIT,
            description = "Print one JSON document; --json=name,state keeps these fields only.")
    private @Nullable String json;

    @Option(
            names = "--no-input",
            scope = ScopeType.INHERIT,
            description = "Ask nothing; fail instead.")
    private boolean noInput;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Print data and errors only.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what this command does.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option itself
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option itself
    private boolean version;

    Optional<ServerUrl> server(Map<String, String> environment) {
        return Optional.ofNullable(server)
                .or(() -> set(environment, "ARAMAKI_SERVER"))
                .map(ServerUrl::parse);
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }

    Optional<Path> tokenFile(Map<String, String> environment) {
        return tokenFile().or(() -> set(environment, "ARAMAKI_TOKEN_FILE").map(Path::of));
    }

    Optional<Path> authorities(Map<String, String> environment) {
        return Optional.ofNullable(authorities)
                .or(() -> set(environment, "ARAMAKI_CA").map(Path::of));
    }

    /// The fields to print, none of them for all; empty when no JSON is wanted.
    Optional<List<String>> json() {
        return Optional.ofNullable(json)
                .map(
                        fields ->
                                Arrays.stream(fields.split(","))
                                        .map(String::strip)
                                        .filter(f -> !f.isEmpty())
                                        .toList());
    }

    boolean noInput() {
        return noInput;
    }

    boolean quiet() {
        return quiet;
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
    }

    /// Keeps `--json NAME` from taking the name for its fields.
    private static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> args, CommandSpec command, ArgSpec arg, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                args.push(ALL);
            }
            return false;
        }
    }
}
