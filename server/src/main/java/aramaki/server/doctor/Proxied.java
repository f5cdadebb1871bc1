package aramaki.server.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whether a reverse proxy in front is known as one, and is asked by https.
public final class Proxied implements Examination {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Growth plain;
    private final Growth unnamed;

    /// @param plain how many requests a named proxy passed on that had come to it by http
    /// @param unnamed how many requests somebody passed on who is not named as a proxy
    public Proxied(LongSupplier plain, LongSupplier unnamed) {
        this.plain = new Growth(plain);
        this.unnamed = new Growth(unnamed);
    }

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public String about() {
        return "Whoever passes requests on is named in behindProxy, and was asked by https.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var complaints = new ArrayList<Complaint>();
        if (plain.within(now)) {
            complaints.add(
                    Complaint.broken(
                            "The proxy in front passes on requests that came to it by http, or does"
                                    + " not say that they came by https.",
                            "Tokens and results cross the network in the clear, and browsers are"
                                    + " not told to use https.",
                            "Let the proxy redirect http to https, and send X-Forwarded-Proto"));
        }
        if (unnamed.within(now)) {
            complaints.add(
                    Complaint.advice(
                            "Requests say whom they were passed on for (X-Forwarded-For), and come"
                                    + " from no proxy that is named.",
                            "That is not believed, so everybody seems to come from the proxy: limits"
                                    + " on guessing and grants by network hold for all at once.",
                            "Set behindProxy to the proxy's address, such as 127.0.0.1"));
        }
        return complaints;
    }

    /// Whether a number grew of late.
    private static final class Growth {
        private final LongSupplier number;
        private long seen;
        private @Nullable Instant at;

        Growth(LongSupplier number) {
            this.number = number;
        }

        boolean within(Instant now) {
            long current = number.getAsLong();
            if (current != seen) {
                seen = current;
                at = now;
            }
            return at != null && now.isBefore(at.plus(REMEMBERED));
        }
    }
}
