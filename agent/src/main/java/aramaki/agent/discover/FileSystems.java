package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Mounted file systems that hold something, each device once.
final class FileSystems implements Look {
    private static final Set<String> REAL =
            Set.of(
                    "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay", "nfs", "nfs4",
                    "cifs", "vfat");

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        var devices = new HashSet<String>();
        for (String line : host.procText("/proc/self/mounts").orElse("").lines().toList()) {
            var fields = line.split(" ");
            boolean wanted =
                    fields.length >= 3
                            && fields[1].matches("/[A-Za-z0-9/._-]{0,200}")
                            && REAL.contains(fields[2])
                            && host.isFolder(fields[1]);
            if (wanted && devices.add(fields[0])) {
                found.add(disk(fields[1], fields[2]));
            }
        }
        return found;
    }

    private static Candidate disk(String path, String type) {
        String name = path.equals("/") ? "disk-root" : Names.of("disk" + path.replace('.', '-'));
        return Candidate.of(
                "disk:" + path,
                name,
                "space on " + path,
                "A file system that is full stops whatever writes to " + path + ".",
                type + " mounted on " + path,
                probe(ProbeKind.DISK, "path", path));
    }
}
