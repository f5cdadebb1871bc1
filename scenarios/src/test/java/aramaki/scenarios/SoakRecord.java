package aramaki.scenarios;

import aramaki.scenarios.Installation.Judgement;
import aramaki.scenarios.Installation.Keeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// The table of `docs/soak.md`: what the long tests found, a line each.
final class SoakRecord {
    private static final String TABLE =
            """
            # Soak tests

            What the long tests found, a line each; `./test soak kills [MINUTES] [STORE]` adds its own.

            | date | machine | store | minutes | kill rounds | results made | acknowledged | disagreements | seed |
            |---|---|---|---|---|---|---|---|---|
            """;

    private SoakRecord() {}

    static void add(Keeping keeping, Instant begun, int rounds, Judgement judgement, long seed)
            throws IOException {
        Path file = Checkout.root().resolve("docs/soak.md");
        if (!Files.exists(file)) {
            Files.writeString(file, TABLE);
        }
        String line =
                "| %s | %s | %s | %d | %d | %d | %d | %d | %d |\n"
                        .formatted(
                                LocalDate.ofInstant(begun, ZoneOffset.UTC),
                                machine(),
                                keeping.name().toLowerCase(Locale.ROOT),
                                Duration.between(begun, Instant.now()).toMinutes(),
                                rounds,
                                judgement.made(),
                                judgement.acked(),
                                judgement.disagreements().size(),
                                seed);
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }

    private static String machine() throws IOException {
        long kilobytes =
                Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0);
        return "%d cores, %d GB, %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(kilobytes / 1e6),
                        distribution(),
                        Runtime.version());
    }

    private static String distribution() throws IOException {
        return Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.replaceAll("PRETTY_NAME=|\"", ""))
                .findFirst()
                .orElse("Linux");
    }
}
