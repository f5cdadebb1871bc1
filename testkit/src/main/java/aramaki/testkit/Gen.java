package aramaki.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A source of values for property tests that gives the same ones for the same seed.
///
/// `-Daramaki.seed=N` runs one seed again, the one that a failure names.
public final class Gen {
    private static final int RUNS = 200;
    private static final String NAME_START = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> AWKWARD =
            List.of(
                    "\"", "\\", "\n", "\t", "\0", "\u2028", "ä", "€", "日", "🛠", "{{x}}", "%s",
                    "'");
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    private static final long YEARS_IN_MILLIS = 10L * 365 * 24 * 3600 * 1000;

    private final Random random;

    private Gen(long seed) {
        random = new Random(seed);
    }

    public static Gen seeded(long seed) {
        return new Gen(seed);
    }

    /// Holds the property to 200 seeds.
    public static void forAll(Consumer<Gen> property) {
        forAll(RUNS, property);
    }

    /// Holds the property to so many seeds; what fails names its seed.
    public static void forAll(int runs, Consumer<Gen> property) {
        Long only = Long.getLong("aramaki.seed");
        if (only != null) {
            property.accept(seeded(only));
            return;
        }
        for (long seed = 0; seed < runs; seed++) {
            try {
                property.accept(seeded(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /// Both ends are possible.
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public long anyLong() {
        return oneOf(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong()));
    }

    /// Always finite.
    public double number() {
        double power = Math.pow(10, between(-12, 12));
        return chance(0.3) ? between(-100, 100) : random.nextDouble(-1, 1) * power;
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    public <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// A short name in the sense of the model.
    public String name() {
        var name = new StringBuilder().append(letter(NAME_START));
        for (int left = between(0, 12); left > 0; left--) {
            name.append(letter(NAME_START + ".-"));
        }
        return name.toString();
    }

    /// Text as people and programs write it, with everything that trips a careless writer.
    public String text() {
        var text = new StringBuilder();
        for (int left = between(0, 20); left > 0; left--) {
            text.append(chance(0.3) ? oneOf(AWKWARD) : String.valueOf((char) between(32, 126)));
        }
        return text.toString();
    }

    /// In milliseconds, as most of our times are; sometimes finer.
    public Instant instant() {
        var instant = EARLIEST.plusMillis(random.nextLong(YEARS_IN_MILLIS));
        return chance(0.1) ? instant.plusNanos(between(0, 999_999)) : instant;
    }

    public <T> List<T> list(int most, Supplier<T> item) {
        var list = new ArrayList<T>();
        for (int left = between(0, most); left > 0; left--) {
            list.add(item.get());
        }
        return list;
    }

    public <K, V> Map<K, V> map(int most, Supplier<K> key, Supplier<V> value) {
        var map = new LinkedHashMap<K, V>();
        for (int left = between(0, most); left > 0; left--) {
            map.put(key.get(), value.get());
        }
        return map;
    }

    private char letter(String of) {
        return of.charAt(random.nextInt(of.length()));
    }
}
