package aramaki.server.system.files;

import aramaki.model.Names;
import aramaki.model.system.SystemName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder whose subfolders are systems, as given by `--systems`. Hidden folders and plain files
// in
/// it are ignored.
public final class SystemsFolder {
    /// Short enough that two equal looks at a change fit into a second.
    public static final Duration POLL = Duration.ofMillis(300);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SystemsFolder.class);

    private final Path folder;
    private final Duration poll;

    public SystemsFolder(Path folder) {
        this(folder, POLL);
    }

    SystemsFolder(Path folder, Duration poll) {
        this.folder = folder;
        this.poll = poll;
    }

    public Path folder() {
        return folder;
    }

    /// Reads everything as it is now.
    public Scan scan() {
        return new Settling(folder).look();
    }

    /// Tells `listener` about the folder at once, and then again after each change as soon as it
    /// has settled: a system counts when two looks in a row found the same. A listener that
    /// fails is told again after some seconds.
    public Watch watch(Consumer<Scan> listener) {
        var watch = new Watch(listener);
        watch.thread.start();
        return watch;
    }

    /// A running watch over the folder. Closing it waits until the listener has returned.
    public final class Watch implements AutoCloseable {
        private final Consumer<Scan> listener;
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread thread =
                Thread.ofVirtual().name("systems-folder").unstarted(this::loop);

        private Watch(Consumer<Scan> listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            closed.countDown();
            if (Thread.currentThread() == thread) {
                return;
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void loop() {
            var settling = new Settling(folder);
            var told = settling.look();
            boolean known = tell(told);
            while (!closedAfter(known ? poll : AFTER_FAILURE)) {
                var now = settling.settled();
                if (!known || !now.equals(told)) {
                    told = now;
                    known = tell(now);
                }
            }
        }

        private boolean tell(Scan scan) {
            try {
                listener.accept(scan);
                return true;
            } catch (RuntimeException e) {
                LOG.error("taking over the systems folder failed; folder={}", folder, e);
                return false;
            }
        }

        private boolean closedAfter(Duration pause) {
            try {
                return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return true;
            }
        }
    }

    /// The looks at a folder so far: what each subfolder held last, and what it held twice.
    private static final class Settling {
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

        /// What is there, with every system as it last was in two looks in a row.
        Scan settled() {
            try {
                var names = names();
                for (var same : advance(names)) {
                    settled.put(same.name(), same.reading());
                }
                settled.keySet().retainAll(names);
                return scan(names);
            } catch (IOException e) {
                return unlisted(e);
            }
        }

        /// Looks at every subfolder; returns those that are as they were before.
        private List<SystemFolder> advance(List<String> names) {
            var now = new TreeMap<String, SystemFolder>();
            var same = new ArrayList<SystemFolder>();
            for (var name : names) {
                var before = latest.get(name);
                var system =
                        before == null ? SystemFolder.first(folder.resolve(name)) : before.again();
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
            }
            names.sort(null);
            return names;
        }

        private Scan scan(List<String> names) {
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
}
