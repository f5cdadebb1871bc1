package aramaki.model.observation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What the value of a probe's parameter must look like. Servers ask it for values that hold no
/// template, agents for all.
///
/// @param right what would be right, in words
public record ValueForm(String right, Predicate<String> fits) {
    /// So that no value fills a frame or an output line.
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_PATTERN = 10_000;

    private static final Pattern HOST =
            Pattern.compile("[\\p{L}\\p{N}_.:\\[][\\p{L}\\p{N}_.:%\\[\\]-]{0,254}");

    public static final ValueForm TEXT = new ValueForm("a text", _ -> true);
    public static final ValueForm HOST_NAME =
            new ValueForm("a host name or address", text -> HOST.matcher(text.strip()).matches());
    public static final ValueForm PORT = number(1, 65535);
    public static final ValueForm FLAG = choice("true", "false");
    public static final ValueForm PATH =
            new ValueForm(
                    "an absolute path, such as /var",
                    text -> text.startsWith("/") && text.indexOf('\0') < 0);
    public static final ValueForm RANGE =
            new ValueForm(
                    "a range such as 80, 10: or @10:20",
                    text -> text.isEmpty() || Range.parse(text.strip()).isPresent());
    public static final ValueForm RANGES =
            new ValueForm(
                    "one range, or three for load1,load5,load15",
                    text -> {
                        List<String> parts = List.of(text.split(",", -1));
                        return (parts.size() == 1 || parts.size() == 3)
                                && parts.stream().allMatch(RANGE.fits());
                    });
    public static final ValueForm WEB_ADDRESS =
            new ValueForm("an address such as https://shop.example/health", ValueForm::web);

    /// RE2 syntax, which the JDK cannot check; whoever has RE2 checks it too.
    public static final ValueForm PATTERN =
            new ValueForm(
                    "a pattern in RE2 syntax, such as error|fatal, that is not larger than 10,000"
                            + " with its repetitions written out",
                    text -> !text.isEmpty() && PatternSize.of(text) <= MAX_PATTERN);

    public static ValueForm number(int from, int to) {
        return new ValueForm(
                "a whole number from " + from + " to " + to,
                text ->
                        text.matches("[0-9]{1,9}")
                                && Integer.parseInt(text) >= from
                                && Integer.parseInt(text) <= to);
    }

    public static ValueForm choice(String... words) {
        return new ValueForm(
                String.join(", ", words).replaceFirst(", ([^,]*)$", " or $1"),
                text -> Arrays.asList(words).contains(text));
    }

    public static ValueForm matching(String pattern, String right) {
        Predicate<String> fits = Pattern.compile(pattern).asMatchPredicate();
        return new ValueForm(right, fits);
    }

    public boolean accepts(String value) {
        return value.length() <= MAX_LENGTH && fits.test(value);
    }

    private static boolean web(String text) {
        try {
            var url = new URI(text);
            boolean web =
                    "http".equalsIgnoreCase(url.getScheme())
                            || "https".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && url.getPort() <= 65535;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
