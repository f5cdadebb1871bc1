package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Text;

/// Spans of time as people say them.
final class Times {
    private Times() {}

    /// With the largest unit of which there are two: `90 s`, `36 h`, `12 days`.
    static String words(double seconds) {
        double span = Math.abs(seconds);
        if (Double.isInfinite(seconds) || span < 120) {
            return Text.number(seconds) + " s";
        }
        if (span < 2 * 3600) {
            return Text.number(Math.rint(seconds / 6) / 10) + " min";
        }
        return span < 2 * 86400
                ? Text.number(Math.rint(seconds / 360) / 10) + " h"
                : Text.number(Math.rint(seconds / 8640) / 10) + " days";
    }
}
