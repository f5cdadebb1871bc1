package aramaki.agent.policy;

import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the owner of a host lets servers run on it, kept in a file no server can reach.
///
/// @param pluginFolders where plugins named without a folder are looked for, in this order
/// @param user whose rights plugins get when the agent is root
/// @param deny plugins of those folders that never run, besides the built-in ones
/// @param actions the highest level of actions this host takes part in
/// @param logFolders where the probe `log` may read, which sends lines of what it reads
public record HostPolicy(
        Checks checks,
        List<Path> pluginFolders,
        Set<ProbeKind> probes,
        String user,
        Set<String> deny,
        int actions,
        List<Path> logFolders) {

    /// Programs that live in plugin folders of distributions and run, or write, whatever their
    /// arguments say, so that naming one of them would undo the folder's limit:
    ///
    /// - `negate` and `urlize` run any program, named by their arguments.
    /// - `check_by_ssh` hands options to ssh, whose `ProxyCommand` is a shell command.
    /// - `check_apt` hands options to apt-get, whose `-o APT::Update::Pre-Invoke` is one too.
    /// - `check_log` copies any file it can read to any path it can write.
    /// - `check_multi` and `check_generic` run command lines.
    ///
    /// A policy's `deny` adds names and takes none away. Who needs one of these puts a script with
    /// fixed arguments into a plugin folder. `checks: any` does not lift the list from plain names,
    /// so that a check means the same on every host, but it permits absolute paths, and with them
    /// everything.
    public static final SortedSet<String> BUILT_IN_DENY =
            java.util.Collections.unmodifiableSortedSet(
                    new TreeSet<>(
                            Set.of(
                                    "negate",
                                    "urlize",
                                    "check_by_ssh",
                                    "check_apt",
                                    "check_log",
                                    "check_multi",
                                    "check_generic")));

    /// What may be run as a plugin.
    public enum Checks {
        /// Nothing.
        NONE,
        /// Names in the plugin folders.
        FOLDERS,
        /// Names in the plugin folders, and absolute paths.
        ANY
    }

    public static final HostPolicy DEFAULT =
            new HostPolicy(
                    Checks.FOLDERS,
                    List.of(Path.of("/usr/lib/nagios/plugins")),
                    EnumSet.allOf(ProbeKind.class),
                    "nobody",
                    Set.of(),
                    0,
                    List.of(Path.of("/var/log")));

    public HostPolicy {
        pluginFolders = List.copyOf(pluginFolders);
        probes = Set.copyOf(probes);
        deny = Set.copyOf(deny);
        logFolders = List.copyOf(logFolders);
    }

    /// Reads the file, or takes the default where there is none. Refuses what it does not
    /// understand and, as root, a file that anybody else could have written.
    public static HostPolicy load(Path file) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return DEFAULT;
        }
        try {
            if (Rights.agentUid() == 0) {
                Ownership.check(file);
            }
            return parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw Refusal.invalid("bad-policy", file + ":1: the file is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("reading the host's policy " + file, e);
        }
    }

    /// Understands the text of a policy file; `file` names it in what is refused.
    public static HostPolicy parse(String file, String yaml) {
        return new PolicyReader(file).read(yaml);
    }

    public HostPolicy with(Checks checks) {
        return new HostPolicy(checks, pluginFolders, probes, user, deny, actions, logFolders);
    }

    public HostPolicy withActions(int level) {
        return new HostPolicy(checks, pluginFolders, probes, user, deny, level, logFolders);
    }

    /// The program that the first word of a command names; refuses what this host does not run.
    public Path plugin(String word) {
        return new PluginLookup(this).find(word);
    }

    /// The log that a path names; refuses one this host keeps to itself.
    public Path log(Path path) {
        return new LogLookup(this, Rights.agentUid() == 0).find(path);
    }

    public boolean permits(ProbeKind probe) {
        return probes.contains(probe);
    }

    /// One line for people, about this process on this host.
    public String summary() {
        return summary(Rights.of(user));
    }

    public String summary(Rights rights) {
        String plugins =
                switch (checks) {
                    case NONE -> "no plugins";
                    case FOLDERS -> "plugins from " + folders();
                    case ANY -> "any program, plugins from " + folders();
                };
        String as = checks == Checks.NONE ? "" : ", " + rights.words();
        return plugins + ", " + probeWords() + as + "; actions level " + actions;
    }

    boolean denies(String name) {
        return BUILT_IN_DENY.contains(name) || deny.contains(name);
    }

    String folders() {
        return pluginFolders.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private String probeWords() {
        if (probes.size() == ProbeKind.values().length) {
            return "all probes";
        }
        return probes.isEmpty()
                ? "no probes"
                : "probes "
                        + probes.stream()
                                .sorted()
                                .map(ProbeKind::word)
                                .collect(Collectors.joining(", "));
    }
}
