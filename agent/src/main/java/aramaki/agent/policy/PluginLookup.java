package aramaki.agent.policy;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Finds the program a command's first word names, within what a policy permits.
record PluginLookup(HostPolicy policy) {
    static final String DENIED = "plugin-denied";

    Path find(String word) {
        if (policy.checks() == HostPolicy.Checks.NONE) {
            throw refused("this host's policy runs no plugins (checks: none)");
        }
        if (word.isEmpty()) {
            throw refused("the command's first word is empty: it must name a plugin");
        }
        return word.indexOf('/') < 0 ? inFolders(word) : byPath(word);
    }

    private Path inFolders(String name) {
        if (policy.denies(name)) {
            throw denied(name);
        }
        for (Path folder : policy.pluginFolders()) {
            Path candidate = folder.resolve(name);
            if (Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                return checked(folder, candidate);
            }
        }
        throw Refusal.notFound("plugin", name + " in " + policy.folders());
    }

    private Path checked(Path folder, Path candidate) {
        Path real = real(candidate);
        if (!real.startsWith(real(folder))) {
            throw refused(candidate + " leads out of the plugin folder, to " + real);
        }
        if (policy.denies(String.valueOf(real.getFileName()))) {
            throw denied(String.valueOf(real.getFileName()));
        }
        // The name as asked for, not where it leads: check_ftp is check_tcp under another name,
        // and looks at which.
        return program(candidate);
    }

    private Path byPath(String word) {
        if (policy.checks() != HostPolicy.Checks.ANY) {
            throw refused(
                    word
                            + ": this host runs plugins by their name only, from "
                            + policy.folders()
                            + " (checks: folders)");
        }
        if (!word.startsWith("/")) {
            throw refused(word + ": a program is named by a plain name or an absolute path");
        }
        Path path = Path.of(word);
        if (Files.notExists(path)) {
            throw Refusal.notFound("program", word);
        }
        return program(path);
    }

    private static Path program(Path path) {
        if (!Files.isRegularFile(path)) {
            throw refused(path + " is no program file");
        }
        if (!Files.isExecutable(path)) {
            throw refused(path + " is not executable: chmod a+x would make it so");
        }
        return path;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw Refusal.notFound("file behind the link", path.toString());
        }
    }

    private static Refusal denied(String name) {
        return new Refusal(
                Refusal.Reason.FORBIDDEN,
                DENIED,
                name
                        + " never runs here, as it runs or writes what its arguments say: put a"
                        + " script with fixed arguments into a plugin folder");
    }

    private static Refusal refused(String message) {
        return new Refusal(Refusal.Reason.FORBIDDEN, "host-policy", message);
    }
}
