package aramaki.server.alert;

import aramaki.model.Refusal;
import aramaki.server.access.Caller;
import java.time.Duration;
import java.util.Optional;

/// What a person can do about alerts.
public sealed interface Act {
    /// So long somebody has an alert who does not say how long.
    Duration USUAL = Duration.ofHours(4);

    Duration LONGEST = Duration.ofDays(30);
    int MAX_TEXT = 2000;

    /// @param length empty for as long as each alert lasts
    record Acknowledge(Optional<Duration> length, String comment) implements Act {
        public Acknowledge {
            comment = text("comment", comment);
            length.ifPresent(
                    l -> {
                        if (l.compareTo(Duration.ofMinutes(1)) < 0 || l.compareTo(LONGEST) > 0) {
                            throw Refusal.invalid(
                                    "bad-length",
                                    "an acknowledgement lasts from 1 minute to 30 days, such as 2h,"
                                            + " or until the alert is resolved");
                        }
                    });
        }
    }

    record Unacknowledge(String comment) implements Act {
        public Unacknowledge {
            comment = text("comment", comment);
        }
    }

    record Resolve(String reason) implements Act {
        public Resolve {
            reason = text("reason", reason);
        }
    }

    /// @param to empty for nobody
    record Assign(Optional<Caller> to, String comment) implements Act {
        public Assign {
            comment = text("comment", comment);
        }
    }

    record Comment(String text) implements Act {
        public Comment {
            text = Act.text("comment", text);
            if (text.isEmpty()) {
                throw Refusal.invalid("bad-comment", "a comment wants words");
            }
        }
    }

    /// The verb of the command line.
    default String verb() {
        return switch (this) {
            case Acknowledge _ -> "ack";
            case Unacknowledge _ -> "unack";
            case Resolve _ -> "resolve";
            case Assign _ -> "assign";
            case Comment _ -> "comment";
        };
    }

    /// What was said with it.
    default String words() {
        return switch (this) {
            case Acknowledge(_, var comment) -> comment;
            case Unacknowledge(var comment) -> comment;
            case Resolve(var reason) -> reason;
            case Assign(_, var comment) -> comment;
            case Comment(var text) -> text;
        };
    }

    private static String text(String what, String text) {
        String stripped = text.strip();
        if (stripped.length() > MAX_TEXT) {
            throw Refusal.invalid(
                    "bad-" + what, "a " + what + " has at most " + MAX_TEXT + " characters");
        }
        return stripped;
    }
}
