package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.web.view.Static;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The colours of the pages against WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for borders of fields.
class ContrastTest {
    private static final Pattern ROOT = Pattern.compile(":root\\s*\\{([^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+):\\s*#([0-9a-f]{3,6})\\b");
    private static final List<String> STATES =
            List.of("ok", "warning", "critical", "unknown", "stale", "pending");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTextIsReadable(boolean dark) {
        Map<String, Integer> colours = colours(dark);

        for (String text : List.of("fg", "muted", "accent")) {
            for (String ground : List.of("bg", "panel", "line-soft", "accent-bg")) {
                assertContrast(colours, text, ground, 4.5);
            }
        }
        for (String state : STATES) {
            for (String ground : List.of(state + "-bg", "panel", "bg", "line-soft", "accent-bg")) {
                assertContrast(colours, state, ground, 4.5);
            }
        }
        assertContrast(colours, "on-accent", "accent", 4.5);
        assertContrast(colours, "muted", "warning-bg", 4.5);
        assertContrast(colours, "field", "panel", 3);
        assertContrast(colours, "field", "bg", 3);
    }

    /// Who lacks a kind of cone, or sees as most do, tells the states apart by colour as well. A
    /// difference of 2.3 can just be noticed; pending is left out, as nobody has to find it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyStateHasAColourOfItsOwnForEveryKindOfSight(boolean dark) {
        Map<String, Integer> colours = colours(dark);
        var states = STATES.subList(0, STATES.indexOf("pending"));

        for (var sight : Sight.values()) {
            for (String one : states) {
                for (String other : states.subList(0, states.indexOf(one))) {
                    double difference =
                            sight.difference(colour(colours, one), colour(colours, other));
                    assertThat(difference)
                            .as(one + " and " + other + " for " + sight)
                            .isGreaterThan(12);
                }
            }
        }
    }

    private static void assertContrast(
            Map<String, Integer> colours, String text, String ground, double least) {
        double lighter = luminance(colour(colours, text));
        double darker = luminance(colour(colours, ground));
        double contrast = (Math.max(lighter, darker) + 0.05) / (Math.min(lighter, darker) + 0.05);
        assertThat(contrast).as(text + " on " + ground).isGreaterThanOrEqualTo(least);
    }

    private static int colour(Map<String, Integer> colours, String name) {
        return Optional.ofNullable(colours.get(name)).orElseThrow();
    }

    private static Map<String, Integer> colours(boolean dark) {
        String css =
                Static.all().stream()
                        .filter(file -> file.path().endsWith("aramaki.css"))
                        .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
                        .findFirst()
                        .orElseThrow();
        var colours = new HashMap<String, Integer>();
        ROOT.matcher(css)
                .results()
                .limit(dark ? 2 : 1)
                .forEach(
                        root ->
                                COLOUR.matcher(root.group(1))
                                        .results()
                                        .forEach(c -> colours.put(c.group(1), rgb(c.group(2)))));
        return colours;
    }

    private static int rgb(String hex) {
        return Integer.parseInt(hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex, 16);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255)
                + 0.7152 * linear(rgb >> 8 & 255)
                + 0.0722 * linear(rgb & 255);
    }

    static double linear(int part) {
        double c = part / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
