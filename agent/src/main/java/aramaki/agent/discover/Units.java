package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The services that systemd starts at boot, where it is PID 1. One that failed is proposed too,
/// with what it says.
final class Units implements Look {
    private static final String BOOTED = "/run/systemd/system";
    private static final List<String> WANTS =
            List.of(
                    "/etc/systemd/system/multi-user.target.wants",
                    "/etc/systemd/system/graphical.target.wants");
    private static final List<String> FOLDERS =
            List.of("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");
    private static final String SUFFIX = ".service";
    private static final int MOST = 40;

    /// Parts of the system itself, of which others tell when they are missing.
    private static final Set<String> PASSED_OVER =
            Set.of("dmesg", "e2scrub_reap", "console-setup", "keyboard-setup", "grub-common");

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        for (String unit : enabled(host)) {
            if (found.size() < MOST && staysUp(host, unit)) {
                found.add(
                        Candidate.of(
                                "unit:" + unit,
                                Names.of("unit-" + unit),
                                "service " + unit,
                                "systemd starts "
                                        + unit
                                        + " at boot; a check tells when it failed.",
                                "enabled for multi-user.target",
                                probe(ProbeKind.SYSTEMD, "unit", unit)));
            }
        }
        return found;
    }

    /// Names without `.service`.
    static Set<String> enabled(Host host) {
        var names = new TreeSet<String>();
        if (host.isFolder(BOOTED)) {
            for (String folder : WANTS) {
                for (String file : host.names(folder, "*" + SUFFIX)) {
                    String name = file.substring(0, file.length() - SUFFIX.length());
                    if (name.matches("[A-Za-z0-9][A-Za-z0-9:_.-]{0,60}")
                            && !name.startsWith("systemd-")
                            && !name.startsWith("aramaki")
                            && !PASSED_OVER.contains(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /// One that does its work at boot and ends is inactive afterwards, which is right.
    private static boolean staysUp(Host host, String unit) {
        for (String folder : FOLDERS) {
            var text = host.text(folder + "/" + unit + SUFFIX);
            if (text.isPresent()) {
                return text.get().lines().noneMatch(l -> l.strip().matches("Type\\s*=\\s*oneshot"));
            }
        }
        return false;
    }
}
