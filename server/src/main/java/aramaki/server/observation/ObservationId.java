package aramaki.server.observation;

import aramaki.model.Refusal;
import java.util.regex.Pattern;

/// How an observation is named to people: `o_` and its number here.
public final class ObservationId {
    private static final Pattern FORM = Pattern.compile("o_([0-9]{1,18})");

    private ObservationId() {}

    public static String text(long number) {
        return "o_" + number;
    }

    public static long number(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.invalid(
                    "bad-observation-id", "\"" + text + "\" is not an observation id like o_4711");
        }
        return Long.parseLong(matcher.group(1));
    }
}
