package aramaki.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The programs as this checkout built them, run in an environment of their own, so that no test
/// touches the profile or data of whoever runs it.
final class Checkout implements AutoCloseable {
    private static final Path ROOT =
            Path.of(System.getProperty("aramaki.root", "..")).toAbsolutePath().normalize();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final long CLI_SECONDS = 60;

    private final Path home;
    private final Map<String, String> variables;
    private final List<String> inside;
    private final List<Program> programs = new ArrayList<>();

    Checkout(Path home) {
        this(home, Map.of(), List.of());
    }

    /// @param variables of the environment, for every program
    /// @param inside a command that runs every program, such as in a network of its own
    Checkout(Path home, Map<String, String> variables, List<String> inside) {
        this.home = home;
        this.variables = Map.copyOf(variables);
        this.inside = List.copyOf(inside);
    }

    static Path root() {
        return ROOT;
    }

    static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    /// What a command of the client said.
    record Said(int exit, String out, String err) {}

    /// Starts `aramaki` with these arguments and goes on.
    Program aramaki(String... arguments) throws IOException {
        var command =
                java(
                        List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "-Daramaki.agent.path=" + agentPath(),
                                "-cp",
                                serverPath(),
                                "aramaki.dist.Main"),
                        arguments);
        return start(command);
    }

    /// Starts `aramaki-agent` with these arguments and goes on.
    Program agent(String... arguments) throws IOException {
        return start(agentCommand(arguments));
    }

    /// Runs a command of the agent's program to its end.
    Said agentSaid(String... arguments) throws IOException, InterruptedException {
        return said(agentCommand(arguments));
    }

    private static List<String> agentCommand(String... arguments) {
        return java(
                List.of(
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        agentPath(),
                        "aramaki.agent.AgentMain"),
                arguments);
    }

    /// Starts any program.
    Program start(List<String> command) throws IOException {
        var program = Program.start(environment(command));
        programs.add(program);
        return program;
    }

    /// How a shell starts the client.
    String clientCommand() {
        return String.join(" ", client());
    }

    private static List<String> client(String... arguments) {
        return java(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        serverPath(),
                        "aramaki.dist.Main"),
                arguments);
    }

    /// Runs a command of the client to its end.
    Said cli(String... arguments) throws IOException, InterruptedException {
        return said(client(arguments));
    }

    private Said said(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        var process =
                environment(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(CLI_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " did not end");
        }
        var said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return said;
    }

    /// Ends whatever was started and still runs.
    @Override
    public void close() {
        programs.reversed().forEach(Program::close);
    }

    private static List<String> java(List<String> flags, String... arguments) {
        var command = new ArrayList<String>();
        command.add(JAVA);
        command.addAll(flags);
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder environment(List<String> command) {
        var whole = new ArrayList<>(inside);
        whole.addAll(command);
        var builder = new ProcessBuilder(whole);
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().putAll(variables);
        builder.environment().remove("ARAMAKI_SERVER");
        builder.environment().remove("ARAMAKI_TOKEN_FILE");
        builder.environment().remove("ARAMAKI_CA");
        return builder;
    }

    private static String serverPath() {
        return path("dist", "aramaki-dist");
    }

    private static String agentPath() {
        return path("agent", "aramaki-agent");
    }

    private static String path(String module, String name) {
        Path target = ROOT.resolve(module).resolve("target");
        Path jar = target.resolve(name + "-0.1.0-SNAPSHOT.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing: run `./test`, or mvnw package first");
        }
        return jar + ":" + target.resolve("lib") + "/*";
    }
}
