package aramaki.agent.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// With whose rights plugins run on this host.
public sealed interface Rights {
    /// The agent's own, as it is not root and cannot give them away.
    record Own(String user) implements Rights {}

    /// Those of the policy's user, given to each run by the agent, which is root.
    record Lowered(String user, long uid, long gid) implements Rights {}

    /// Nobody's: the policy names a user this host does not have.
    record Missing(String user) implements Rights {}

    Pattern USER = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}\\$?");

    /// What the policy's user comes to for the process we are.
    static Rights of(String user) {
        if (agentUid() != 0) {
            return new Own(System.getProperty("user.name", "the agent's user"));
        }
        String entry = USER.matcher(user).matches() ? passwd(user) : "";
        String[] fields = entry.split(":", -1);
        return fields.length >= 4 && isId(fields[2]) && isId(fields[3])
                ? new Lowered(user, Long.parseLong(fields[2]), Long.parseLong(fields[3]))
                : new Missing(user);
    }

    /// The numeric user this process runs as.
    static long agentUid() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name")) ? 0 : -1;
        }
    }

    /// In words: "as nobody".
    default String words() {
        return switch (this) {
            case Own(String user) -> "as " + user + ", the agent's own user";
            case Lowered(String user, _, _) -> "as " + user;
            case Missing(String user) -> "as " + user + ", who does not exist on this host";
        };
    }

    private static boolean isId(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) < 0xFFFFFFFFL;
    }

    private static String passwd(String user) {
        try {
            Process process =
                    new ProcessBuilder("getent", "passwd", user)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
