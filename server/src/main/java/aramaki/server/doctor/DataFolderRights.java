package aramaki.server.doctor;

import aramaki.server.identity.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Whether only the server's user can reach the data folder and its keys.
public record DataFolderRights(Path data) implements Examination {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    @Override
    public String name() {
        return "data-folder";
    }

    @Override
    public String about() {
        return "Only the server's user can reach the data folder and its keys, and can write there.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var complaints = new ArrayList<Complaint>();
        if (isOpen(data)) {
            complaints.add(
                    Complaint.broken(
                            "Others on this machine can reach the data folder " + data + ".",
                            "It holds the keys of this instance and all it knows.",
                            "chmod 700 " + data));
        }
        for (String key : Identity.SECRETS) {
            Path file = data.resolve(key);
            if (Files.exists(file) && isOpen(file)) {
                complaints.add(
                        Complaint.broken(
                                "Others on this machine can read " + file + ".",
                                "Whoever has it can pass for this instance.",
                                "chmod 600 " + file));
            }
        }
        if (!Files.isWritable(data)) {
            complaints.add(
                    Complaint.broken(
                            "The server may not write to " + data + ".",
                            "Nothing that is observed can be kept.",
                            "chown -R " + System.getProperty("user.name") + " " + data));
        }
        return complaints;
    }

    private static boolean isOpen(Path path) {
        try {
            var rights = EnumSet.copyOf(OTHERS);
            rights.retainAll(Files.getPosixFilePermissions(path));
            return !rights.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("looking at the rights of " + path, e);
        }
    }
}
