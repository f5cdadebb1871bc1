package aramaki.agent.ledger;

import aramaki.model.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A ledger as it was read. What stands behind the last line break was torn by a kill and counts as
/// never written.
public final class Book {
    /// A check that results are of, on whatever agent.
    public record Check(String system, String name) {}

    private record Whole(long bytes) {}

    private final List<Check> checks = new ArrayList<>();
    private final List<Pages> spools = new ArrayList<>();
    private final Map<String, Pages> byEpoch = new HashMap<>();
    private Duration ttl = Duration.ZERO;
    private long bytes;

    private Book() {}

    /// Reads the ledger in that file.
    public static Book read(Path file) throws IOException {
        var book = new Book();
        var whole = whole(file);
        int number = 0;
        try (var reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            while (book.bytes < whole.bytes()) {
                String line = reader.readLine();
                number++;
                if (line == null || (number == 1 && !line.equals(Line.HEADER))) {
                    throw Refusal.invalid(
                            "bad-ledger", file + " does not begin with \"" + Line.HEADER + "\"");
                }
                book.bytes += line.length() + 1;
                if (number > 1) {
                    book.take(Line.parse(line));
                }
            }
        } catch (Refusal e) {
            throw Refusal.invalid(e.code(), file + ":" + number + ": " + e.text());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return book;
    }

    /// Up to and with the last line break.
    private static Whole whole(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long end = in.length();
            while (end > 0) {
                in.seek(end - 1);
                if (in.read() == '\n') {
                    break;
                }
                end--;
            }
            return new Whole(end);
        }
    }

    private void take(Line line) {
        switch (line) {
            case Line.Run(_, long ttlMillis) -> {
                var said = Duration.ofMillis(ttlMillis);
                ttl = ttl.compareTo(said) >= 0 ? ttl : said;
            }
            case Line.Check(int number, String system, String name) -> {
                expect(number, checks.size());
                checks.add(new Check(system, name));
            }
            case Line.Spool(int number, String agent, String epoch) -> {
                expect(number, spools.size());
                var pages = new Pages(agent, epoch);
                spools.add(pages);
                byEpoch.put(agent + " " + epoch, pages);
            }
            case Line.Made made -> pages(made.spool()).made(known(made));
            case Line.Acked(int spool, long seq, _) -> pages(spool).acked(seq);
            case Line.Gap(int spool, long from, long to) -> pages(spool).gap(from, to);
        }
    }

    private static void expect(int number, int before) {
        if (number != before + 1) {
            throw Refusal.invalid("bad-ledger", "number " + (before + 1) + " is next");
        }
    }

    private Pages pages(int spool) {
        if (spool < 1 || spool > spools.size()) {
            throw Refusal.invalid("bad-ledger", "there is no spool " + spool + " yet");
        }
        return spools.get(spool - 1);
    }

    private Line.Made known(Line.Made made) {
        if (made.check() < 1 || made.check() > checks.size()) {
            throw Refusal.invalid("bad-ledger", "there is no check " + made.check() + " yet");
        }
        return made;
    }

    /// Where a writer goes on.
    long bytes() {
        return bytes;
    }

    List<Check> checks() {
        return checks;
    }

    Check check(int number) {
        return checks.get(number - 1);
    }

    List<Pages> spools() {
        return spools;
    }

    Optional<Pages> spool(String agent, String epoch) {
        return Optional.ofNullable(byEpoch.get(agent + " " + epoch));
    }

    /// The longest time that any of its checks may be silent.
    public Duration ttl() {
        return ttl;
    }

    /// The agents it speaks of.
    public List<String> agents() {
        return spools.stream().map(Pages::agent).distinct().sorted().toList();
    }

    /// The systems it speaks of.
    public List<String> systems() {
        return checks.stream().map(Check::system).distinct().sorted().toList();
    }

    public long made() {
        return spools.stream().mapToLong(Pages::count).sum();
    }

    public long acked() {
        return spools.stream().mapToLong(Pages::countAcked).sum();
    }

    /// The spools of one agent, in the order it began them.
    List<Pages> spoolsOf(String agent) {
        return spools.stream()
                .filter(p -> p.agent().equals(agent))
                .sorted(Comparator.comparingLong(Pages::begun))
                .toList();
    }
}
