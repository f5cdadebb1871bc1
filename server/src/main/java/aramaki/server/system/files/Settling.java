package aramaki.server.system.files;

import aramaki.model.Names;
import aramaki.model.system.SystemName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The looks at a folder so far: what each subfolder held last, and what it held twice.
final class Settling {
    private final Path folder;
    private TreeMap<String, SystemFolder> latest = new TreeMap<>();
    private final TreeMap<String, Reading<SystemFiles>> settled = new TreeMap<>();

    Settling(Path folder) {
        this.folder = folder;
    }

    /// What is there now, settled or not.
    Scan look() {
        try {
            var names = names();
            advance(names);
            latest.forEach((name, system) -> settled.put(name, system.reading()));
            return scan(names);
        } catch (IOException e) {
            return unlisted(e);
        }
    }

    /// What is there, with every system as it last was in two looks in a row. One that is missing
    /// in a single look is still there: it may be about to be replaced.
    Scan settled() {
        try {
            var names = names();
            var before = latest.keySet();
            for (var same : advance(names)) {
                settled.put(same.name(), same.reading());
            }
            settled.keySet().removeIf(n -> !names.contains(n) && !before.contains(n));
            var known = new TreeSet<>(settled.keySet());
            known.addAll(names);
            return scan(known);
        } catch (IOException e) {
            return unlisted(e);
        }
    }

    /// Looks at every subfolder; returns those that are as they were before.
    private List<SystemFolder> advance(List<String> names) {
        var now = new TreeMap<String, SystemFolder>();
        var same = new ArrayList<SystemFolder>();
        for (var name : names) {
            if (!Names.isShortName(name)) {
                continue;
            }
            var before = latest.get(name);
            var system = before == null ? SystemFolder.first(folder.resolve(name)) : before.again();
            now.put(name, system);
            if (before != null && before.reading().equals(system.reading())) {
                same.add(system);
            }
        }
        latest = now;
        return same;
    }

    private List<String> names() throws IOException {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    private Scan scan(Collection<String> names) {
        var systems = new TreeMap<SystemName, SystemFiles>();
        var unread = new TreeSet<SystemName>();
        var problems = new ArrayList<FileProblem>();
        for (var name : names) {
            if (!Names.isShortName(name)) {
                problems.add(badName(name));
                continue;
            }
            var reading = settled.get(name);
            switch (reading) {
                case null -> unread.add(new SystemName(name));
                case Reading.Good<SystemFiles>(var files) ->
                        systems.put(new SystemName(name), files);
                case Reading.Bad<SystemFiles>(var bad) -> {
                    unread.add(new SystemName(name));
                    bad.forEach(problem -> problems.add(problem.in(name)));
                }
            }
        }
        return new Scan(systems, unread, problems, true);
    }

    private Scan unlisted(IOException e) {
        var problem =
                new FileProblem(
                        folder.toString(),
                        1,
                        "file",
                        "is no folder we can read; check --systems ("
                                + e.getClass().getSimpleName()
                                + ")");
        return new Scan(new TreeMap<>(), new TreeSet<>(), List.of(problem), false);
    }

    private static FileProblem badName(String name) {
        return new FileProblem(
                name,
                1,
                "file",
                Problems.quoted(name)
                        + " is no short name for a system; name the folder with lower-case"
                        + " letters, digits, '.' and '-', or begin it with '.' to hide it");
    }
}
