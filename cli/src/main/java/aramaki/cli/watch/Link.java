package aramaki.cli.watch;

import java.time.Duration;
import java.time.Instant;

/// Whether what is shown is what is so.
///
/// @param streaming the event stream is open
/// @param answering the server's last answer was one
/// @param heardAt when the server was last heard
/// @param since when this began
/// @param why what went wrong, empty when nothing did
record Link(boolean streaming, boolean answering, Instant heardAt, Instant since, String why) {
    /// Two keep-alives of the server, and a little.
    private static final Duration BELIEVED = Duration.ofSeconds(40);

    enum Kind {
        LIVE,
        /// No stream, but fresh answers.
        POLLING,
        LOST
    }

    static Link open(Instant now) {
        return new Link(false, true, now, now, "");
    }

    Kind kind(Instant now) {
        if (!answering || Duration.between(heardAt, now).compareTo(BELIEVED) > 0) {
            return Kind.LOST;
        }
        return streaming ? Kind.LIVE : Kind.POLLING;
    }

    Link heard(Instant now) {
        return new Link(true, answering, now, since, answering ? "" : why);
    }

    Link loaded(Instant now) {
        return new Link(streaming, true, now, answering ? since : now, streaming ? "" : why);
    }

    /// Until the next answer nobody knows.
    Link streamLost(String because) {
        return new Link(false, false, heardAt, answering ? heardAt : since, because);
    }

    Link unanswered(String because) {
        return new Link(streaming, false, heardAt, answering ? heardAt : since, because);
    }
}
