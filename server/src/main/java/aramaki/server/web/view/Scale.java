package aramaki.server.web.view;

import java.util.List;
import java.util.Locale;

/// How numbers of one unit are written so that people can read them: 3,487,563,776 B as 3.25 GiB.
///
/// @param per how much one of the written unit is in the base unit
/// @param unit as it is written, with a space before it where one belongs there
public record Scale(double per, String unit) {
    private static final List<Scale> BYTES =
            List.of(
                    new Scale(1, " B"),
                    new Scale(1L << 10, " KiB"),
                    new Scale(1L << 20, " MiB"),
                    new Scale(1L << 30, " GiB"),
                    new Scale(1L << 40, " TiB"),
                    new Scale(1L << 50, " PiB"));
    private static final List<Scale> SECONDS =
            List.of(
                    new Scale(1e-6, " µs"),
                    new Scale(1e-3, " ms"),
                    new Scale(1, " s"),
                    new Scale(60, " min"),
                    new Scale(3600, " h"),
                    new Scale(86_400, " d"));
    private static final int LONGEST_UNIT = 12;

    /// The scale for values of up to this size.
    public static Scale of(String unit, double most) {
        return switch (unit) {
            case "B" -> fitting(BYTES, most, 1);
            case "s" -> fitting(SECONDS, most, 2);
            case "%" -> new Scale(1, "%");
            case "c", "" -> new Scale(1, "");
            default ->
                    new Scale(
                            1,
                            " "
                                    + (unit.length() > LONGEST_UNIT
                                            ? unit.substring(0, LONGEST_UNIT) + "…"
                                            : unit));
        };
    }

    /// One value, scaled by its own size.
    public static String text(String unit, double value) {
        return of(unit, value).text(value);
    }

    /// The largest of which there are at least `least`; of times below two minutes the seconds.
    private static Scale fitting(List<Scale> scales, double most, double least) {
        var fits = scales.getFirst();
        for (var scale : scales) {
            double enough = scale.per() > 1 ? least * scale.per() : scale.per();
            if (Math.abs(most) >= enough) {
                fits = scale;
            }
        }
        return most == 0 && scales.contains(new Scale(1, " s")) ? new Scale(1, " s") : fits;
    }

    public String text(double value) {
        return number(value / per) + unit;
    }

    /// Three or four digits, as people compare; no exponent below a thousand million.
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e15 || size != 0 && size < 1e-4) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
