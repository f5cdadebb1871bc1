package aramaki.model.observation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The form in which a check's command tells what it saw.
public enum Output {
    /// As the Nagios plugin guidelines say: a line, exit code, performance data.
    NAGIOS,
    JSON;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Output> ofWord(String word) {
        return Stream.of(values()).filter(o -> o.word().equals(word)).findFirst();
    }
}
