package aramaki.scenarios.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// `./aramaki bench [NAME]`: runs benchmarks and rewrites their tables in `docs/benchmarks.md`,
/// with the machine and the day.
public final class Bench {
    private static final Map<String, Class<?>> KNOWN =
            new TreeMap<>(Map.of("decision", DecisionBench.class));

    private Bench() {}

    /// @param arguments the checkout, and the names of those to run; all when there are none
    public static void main(String[] arguments) throws IOException, RunnerException {
        var file = Path.of(arguments[0], "docs", "benchmarks.md");
        var wanted = Arrays.asList(arguments).subList(1, arguments.length);
        for (String name : wanted) {
            if (!KNOWN.containsKey(name)) {
                System.err.println(
                        "bench: there is no benchmark \""
                                + name
                                + "\"; there are: "
                                + String.join(", ", KNOWN.keySet()));
                System.exit(2);
            }
        }
        for (String name : wanted.isEmpty() ? KNOWN.keySet() : wanted) {
            var options = new OptionsBuilder().include(KNOWN.get(name).getName()).build();
            write(file, name, table(new Runner(options).run()));
        }
    }

    private static String table(Collection<RunResult> results) throws IOException {
        return machine()
                + "\n\n| what | figure |\n|---|---|\n"
                + results.stream().map(Bench::row).collect(Collectors.joining());
    }

    private static String row(RunResult result) {
        var parameters = result.getParams();
        String name = parameters.getBenchmark();
        String of =
                parameters.getParamsKeys().stream()
                        .map(k -> ", " + parameters.getParam(k) + " " + k)
                        .collect(Collectors.joining());
        var primary = result.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                "| %s%s | %.3f ± %.3f %s |%n",
                name.substring(name.lastIndexOf('.') + 1),
                of,
                primary.getScore(),
                primary.getScoreError(),
                primary.getScoreUnit());
    }

    private static String machine() throws IOException {
        String load =
                Files.isReadable(Path.of("/proc/loadavg"))
                        ? Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]
                        : "unknown";
        return LocalDate.now(ZoneOffset.UTC)
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores, "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", Java "
                + System.getProperty("java.version")
                + ", load before the last minute was over: "
                + load
                + ".";
    }

    /// Between the two marks of that name; nothing else of the file changes.
    private static void write(Path file, String name, String table) throws IOException {
        String begin = "<!-- bench " + name + " -->";
        String end = "<!-- end of " + name + " -->";
        String text = Files.readString(file);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(file + " has no place for it: " + List.of(begin, end));
        }
        Files.writeString(
                file, text.substring(0, from + begin.length()) + "\n" + table + text.substring(to));
    }
}
