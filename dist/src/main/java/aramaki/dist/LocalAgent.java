package aramaki.dist;

import aramaki.cli.shell.Shell;
import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.server.Server;
import aramaki.server.agent.AgentRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The agent that `up` runs beside its server, as a process of its own. It ends when we end,
/// however that happens: its standard input is ours.
final class LocalAgent {
    private static final String AGENT_FLAGS =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss256k -Xms8m -Xmn4m -Xmx48m"
                    + " -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:MaxMetaspaceSize=64m"
                    + " -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=10000"
                    + " --enable-native-access=ALL-UNNAMED";
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration JOIN_WITHIN = Duration.ofMinutes(10);
    private static final String POLICY =
            """
            # What the agent of `aramaki up` may do on this host. Whoever runs `up` trusts its
            # server: checks may be any program, and actions up to level 1.
            checks: any
            actions: level 1
            """;

    private final Process process;
    private volatile boolean stopping;

    private LocalAgent(Process process) {
        this.process = process;
    }

    /// Joins this host once, then runs the agent.
    static LocalAgent start(Server server, HostSystem host, Path data, Shell shell)
            throws IOException, InterruptedException {
        Path home = data.resolve("agent");
        Path policy = home.resolve("policy.yaml");
        if (!Files.exists(home.resolve("agent.json"))) {
            join(server, host, home);
        }
        if (!Files.exists(policy)) {
            Files.writeString(policy, POLICY);
        }
        var command = command("run", "--data", home.toString(), "--policy", policy.toString());
        command.add("--exit-with-parent");
        var running =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        running.environment().remove(ServeOptions.HEARTBEAT_URL); // the server's secret
        var process = running.start();
        var agent = new LocalAgent(process);
        process.onExit().thenAccept(ended -> agent.ended(ended.exitValue(), shell));
        return agent;
    }

    private static void join(Server server, HostSystem host, Path home)
            throws IOException, InterruptedException {
        var invite =
                server.agents()
                        .invite(
                                server.localUrl(),
                                List.of(host.name().value(), AgentRecord.ALL_OF_FOLDER),
                                Labels.NONE,
                                1,
                                JOIN_WITHIN,
                                server.owner().by());
        var command =
                command(
                        "join",
                        invite.invite().toString(),
                        "--data",
                        home.toString(),
                        "--name",
                        host.name().value());
        var joining =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (joining.waitFor() != 0) {
            throw Refusal.unavailable(
                    "agent-cannot-join", "the agent could not join; what it said is above");
        }
    }

    /// The agent's own class path, which the launcher names; nothing of the server is on it.
    private static List<String> command(String... arguments) {
        String lib = System.getProperty("aramaki.agent.path");
        if (lib == null) {
            throw new IllegalStateException("the launcher sets aramaki.agent.path");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(AGENT_FLAGS.split(" ")));
        command.addAll(List.of("-cp", lib, "aramaki.agent.AgentMain"));
        command.addAll(List.of(arguments));
        return command;
    }

    private void ended(int code, Shell shell) {
        if (!stopping) {
            shell.say("the agent ended with exit code " + code + "; `up` does not start it again");
        }
    }

    /// Asks it to stop and waits; ends it if it does not.
    void stop() {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
