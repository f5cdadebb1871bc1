package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A backup or an export as it lies there. It exists only when every file was read and is what it
/// was when it was written.
public final class BackupFolder {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([a-z0-9_./-]{1,200})");
    private static final int MOST_PROBLEMS = 20;
    private static final int PIECE = 1 << 16;

    private final Path folder;
    private final Manifest manifest;
    private final Map<String, String> sums;

    private BackupFolder(Path folder, Manifest manifest, Map<String, String> sums) {
        this.folder = folder;
        this.manifest = manifest;
        this.sums = sums;
    }

    /// Reads all of it; refuses what is no backup, is not whole, or is of a later version.
    public static BackupFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Refusal.notFound("backup at", folder.toString());
        }
        if (!Files.exists(folder.resolve(NewFolder.SUMS))) {
            throw Refusal.invalid(
                    "no-backup",
                    folder
                            + " has no "
                            + NewFolder.SUMS
                            + ": it is no backup, or one that was interrupted; take another one");
        }
        try {
            var problems = new ArrayList<String>();
            var sums = sums(folder, problems);
            compare(folder, sums, problems);
            if (!problems.isEmpty()) {
                throw damaged(folder, problems);
            }
            var manifest = manifest(folder);
            var genesis = Envelope.read(Files.readAllBytes(folder.resolve(Names.GENESIS)));
            if (!Genesis.instanceId(genesis).equals(manifest.instance())) {
                throw damaged(folder, List.of(Names.GENESIS + " is of another instance"));
            }
            return new BackupFolder(folder, manifest, sums);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the backup in " + folder, e);
        }
    }

    private static Map<String, String> sums(Path folder, List<String> problems) throws IOException {
        var sums = new TreeMap<String, String>();
        int number = 0;
        for (String line : lines(folder.resolve(NewFolder.SUMS))) {
            number++;
            var parts = LINE.matcher(line);
            if (!parts.matches() || Path.of(parts.group(2)).normalize().startsWith("..")) {
                problems.add(NewFolder.SUMS + " line " + number + " is damaged");
            } else {
                sums.put(parts.group(2), parts.group(1));
            }
        }
        for (String needed : List.of(Names.MANIFEST, Names.GENESIS)) {
            if (!sums.containsKey(needed)) {
                problems.add(needed + " has no line in " + NewFolder.SUMS);
            }
        }
        return sums;
    }

    /// As bytes that are no text must be told, not thrown.
    private static List<String> lines(Path file) throws IOException {
        return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
    }

    private static void compare(Path folder, Map<String, String> sums, List<String> problems)
            throws IOException {
        var there = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.equals(NewFolder.SUMS))
                    .forEach(there::add);
        }
        for (var expected : sums.entrySet()) {
            String name = expected.getKey();
            if (!there.remove(name)) {
                problems.add(name + " is missing");
            } else if (!digest(folder.resolve(name)).equals(expected.getValue())) {
                problems.add(
                        name + " does not fit its line in " + NewFolder.SUMS + ": it was changed");
            }
        }
        there.forEach(name -> problems.add(name + " has no line in " + NewFolder.SUMS));
    }

    private static String digest(Path file) throws IOException {
        var digest = NewFolder.sha256();
        byte[] piece = new byte[PIECE];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Refusal damaged(Path folder, List<String> problems) {
        var told = problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
        return Refusal.invalid(
                "backup-damaged",
                folder
                        + " is not what was written: "
                        + String.join("; ", told)
                        + (told.size() < problems.size()
                                ? "; and " + (problems.size() - told.size()) + " more"
                                : "")
                        + ". Use another backup; nothing was changed");
    }

    private static Manifest manifest(Path folder) throws IOException {
        var version = Json.tree(Files.readAllBytes(folder.resolve(Names.MANIFEST)));
        if (!version.path("format").asText().equals(Manifest.FORMAT)) {
            throw Refusal.invalid("no-backup", folder + " is no backup of Aramaki");
        }
        if (version.path("v").asInt() > Manifest.VERSION) {
            throw tooNew(
                    folder,
                    "format " + version.path("v").asInt(),
                    String.valueOf(Manifest.VERSION));
        }
        return Json.convert(version, Manifest.class);
    }

    static Refusal tooNew(Path folder, String what, String known) {
        return Refusal.conflict(
                "backup-too-new",
                folder
                        + " was written by a newer Aramaki ("
                        + what
                        + ", this one knows up to "
                        + known
                        + "): use that version");
    }

    public Path folder() {
        return folder;
    }

    public Manifest manifest() {
        return manifest;
    }

    /// Whether it holds a file of this name.
    boolean holds(String name) {
        return sums.containsKey(name);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    InputStream read(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }
}
