package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The agent with a runtime of its own, as a tar file that unpacks to `/opt/aramaki-agent`.
final class AgentCargo {
    private static final String MODULES =
            "java.base,java.net.http,java.naming,java.sql,java.logging,jdk.crypto.ec,jdk.httpserver,jdk.unsupported";
    private static final String START =
            """
            #!/bin/sh
            here=/opt/aramaki-agent
            exec $here/runtime/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx48m \\
                --enable-native-access=ALL-UNNAMED -cp "$here/agent.jar:$here/lib/*" \\
                aramaki.agent.AgentMain "$@"
            """;

    private AgentCargo() {}

    static Path pack(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("aramaki-agent");
        Path target = Checkout.root().resolve("agent/target");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("lib"));
        Path start = root.resolve("bin/aramaki-agent");
        Files.writeString(start, START);
        assertThat(start.toFile().setExecutable(true)).isTrue();
        Files.copy(target.resolve("aramaki-agent-0.1.0-SNAPSHOT.jar"), root.resolve("agent.jar"));
        try (var jars = Files.newDirectoryStream(target.resolve("lib"), "*.jar")) {
            for (Path jar : jars) {
                Files.copy(jar, root.resolve("lib").resolve(jar.getFileName().toString()));
            }
        }
        Files.copy(
                Checkout.root().resolve("dist/systemd/aramaki-agent.service"),
                root.resolve("aramaki-agent.service"));
        run(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                root.resolve("runtime").toString());
        Path cargo = folder.resolve("agent.tar");
        run("tar", "-cf", cargo.toString(), "-C", folder.toString(), "aramaki-agent");
        return cargo;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(command)).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
