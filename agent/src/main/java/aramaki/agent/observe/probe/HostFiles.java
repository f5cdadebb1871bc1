package aramaki.agent.observe.probe;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the kernel tells about the host in `/proc`.
record HostFiles(Path proc) {
    String read(String name) throws IOException {
        return new String(Files.readAllBytes(proc.resolve(name)), StandardCharsets.UTF_8);
    }

    /// The sizes of `meminfo`, in bytes.
    Map<String, Double> memory() throws IOException {
        var sizes = new TreeMap<String, Double>();
        read("meminfo")
                .lines()
                .map(line -> line.split("[:\\s]+"))
                .filter(words -> words.length >= 3 && words[1].matches("[0-9]+"))
                .forEach(words -> sizes.put(words[0], Double.parseDouble(words[1]) * 1024));
        return sizes;
    }

    double numberOf(Map<String, Double> sizes, String name) {
        Double size = sizes.get(name);
        if (size == null) {
            throw Refusal.unavailable(
                    "no-meminfo", "this kernel does not tell " + name + " in " + proc + "/meminfo");
        }
        return size;
    }

    /// How many processors the kernel schedules on, which is what its load is about; a container
    /// may be allowed fewer.
    int cores() throws IOException {
        long cores = read("stat").lines().filter(line -> line.matches("cpu[0-9]+ .*")).count();
        return (int) Math.max(1, cores);
    }

    /// Every process that is not a zombie.
    List<Running> processes() throws IOException {
        var processes = new ArrayList<Running>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                add(processes, entry);
            }
        }
        return processes;
    }

    private static void add(List<Running> processes, Path entry) {
        try {
            String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            if (open < 0 || close < open || stat.startsWith(" Z", close + 1)) {
                return;
            }
            String line =
                    new String(
                            Files.readAllBytes(entry.resolve("cmdline")), StandardCharsets.UTF_8);
            processes.add(
                    new Running(
                            Long.parseLong(entry.getFileName().toString()),
                            stat.substring(open + 1, close),
                            line.isEmpty() ? List.of() : List.of(line.split("\0"))));
        } catch (IOException e) {
            // It ended while we looked, so it is not running.
            return;
        }
    }

    /// A process that runs.
    ///
    /// @param comm the program's name, of which the kernel keeps 15 characters
    record Running(long pid, String comm, List<String> argv) {
        private static final int COMM = 15;

        boolean named(String name) {
            if (comm.equals(name)) {
                return true;
            }
            if (argv.isEmpty() || name.length() <= COMM || !name.startsWith(comm)) {
                return false;
            }
            String program = argv.getFirst();
            return program.substring(program.lastIndexOf('/') + 1).equals(name);
        }

        boolean commandContains(String text) {
            return String.join(" ", argv).contains(text);
        }
    }
}
