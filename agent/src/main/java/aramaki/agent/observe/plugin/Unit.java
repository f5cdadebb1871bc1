package aramaki.agent.observe.plugin;

import aramaki.model.observation.Range;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/// A unit of measurement in performance data: the base unit it stands for, and how many of those
/// one of it is.
record Unit(String base, BigDecimal factor) {
    private static final Unit NONE = new Unit("", BigDecimal.ONE);

    private static final Map<String, Unit> KNOWN =
            Map.ofEntries(
                    unit("s", "s", "1"),
                    unit("ms", "s", "1e-3"),
                    unit("us", "s", "1e-6"),
                    unit("µs", "s", "1e-6"),
                    unit("μs", "s", "1e-6"),
                    unit("ns", "s", "1e-9"),
                    unit("%", "%", "1"),
                    unit("B", "B", "1"),
                    unit("kb", "B", "1e3"),
                    unit("mb", "B", "1e6"),
                    unit("gb", "B", "1e9"),
                    unit("tb", "B", "1e12"),
                    unit("pb", "B", "1e15"),
                    unit("kib", "B", "1024"),
                    unit("mib", "B", "1048576"),
                    unit("gib", "B", "1073741824"),
                    unit("tib", "B", "1099511627776"),
                    unit("pib", "B", "1125899906842624"),
                    unit("c", "c", "1"));

    /// An unknown unit counts as none. Single letters are taken exactly (`b` are bits and `C` is a
    /// temperature), longer ones as people write them.
    static Unit of(String text) {
        return KNOWN.getOrDefault(text.length() == 1 ? text : text.toLowerCase(Locale.ROOT), NONE);
    }

    /// Decimal arithmetic, so that 3 ms are 0.003 s and not one bit more.
    double toBase(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).multiply(factor).doubleValue()
                : value;
    }

    Range toBase(Range range) {
        return new Range(toBase(range.start()), toBase(range.end()), range.inside());
    }

    private static Map.Entry<String, Unit> unit(String name, String base, String factor) {
        return Map.entry(name, new Unit(base, new BigDecimal(factor)));
    }
}
