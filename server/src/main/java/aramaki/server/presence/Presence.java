package aramaki.server.presence;

import aramaki.server.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who has which system or alert open. Kept in memory only and never an event: who *looked* is
/// nobody's history. One lock guards everything; what readers get is an immutable picture.
public final class Presence {
    /// Pages one browser may tell of at once.
    public static final int PAGES = 8;

    /// Browsers that count at once; further ones are served, but nobody sees them.
    static final int BROWSERS = 1000;

    /// Who comes back within this, as by loading a page again, was there all the time.
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Browser, Session> open = new LinkedHashMap<>();
    private final Map<Stay, Left> left = new HashMap<>();
    private volatile Picture picture = Picture.NOBODY;
    private volatile long changes;

    /// A browser of a person; a browser has one stream, so that a new one takes the place of the
    /// one before.
    private record Browser(String person, String id) {}

    private record Stay(String person, Opened opened) {}

    private record Left(Instant since, Instant at) {}

    private record Session(Object token, Caller person, Map<Opened, Instant> since) {}

    public Presence(InstantSource clock) {
        this.clock = clock;
    }

    /// A browser tells what its visible pages show, until the returned handle is closed or the same
    /// browser tells anew.
    ///
    /// @param browser a word the browser made up for itself
    public synchronized Visit open(Caller person, String browser, Collection<Opened> pages) {
        var now = clock.instant();
        var key = new Browser(person.person(), browser);
        var token = new Object();
        Set<Opened> shown = new LinkedHashSet<>(pages.stream().distinct().limit(PAGES).toList());
        leave(open.remove(key), now);
        left.values().removeIf(l -> l.at().plus(REMEMBERED).isBefore(now));
        if (!shown.isEmpty() && open.size() < BROWSERS) {
            var since = new LinkedHashMap<Opened, Instant>();
            for (var opened : shown) {
                var before = left.get(new Stay(person.person(), opened));
                since.put(opened, before == null ? now : before.since());
            }
            open.put(key, new Session(token, person, since));
        }
        redraw();
        return () -> close(key, token);
    }

    private synchronized void close(Browser key, Object token) {
        var session = open.get(key);
        if (session != null && session.token().equals(token)) {
            leave(open.remove(key), clock.instant());
            redraw();
        }
    }

    private void leave(@Nullable Session session, Instant now) {
        if (session != null) {
            session.since()
                    .forEach(
                            (opened, since) ->
                                    left.put(
                                            new Stay(session.person().person(), opened),
                                            new Left(since, now)));
        }
    }

    private void redraw() {
        var next =
                new Picture(
                        open.values().stream()
                                .flatMap(
                                        session ->
                                                session.since().entrySet().stream()
                                                        .map(e -> viewing(session, e)))
                                .toList());
        if (!next.equals(picture)) {
            picture = next;
            changes++;
        }
    }

    private static Picture.Viewing viewing(Session session, Map.Entry<Opened, Instant> page) {
        var person = session.person();
        return new Picture.Viewing(
                new Viewer(person.person(), person.name(), page.getValue()), page.getKey());
    }

    public Picture now() {
        return picture;
    }

    /// Grows whenever the picture changed.
    public long changes() {
        return changes;
    }

    /// What a browser tells holds until this is closed; closing it twice is harmless.
    @FunctionalInterface
    public interface Visit extends AutoCloseable {
        @Override
        void close();
    }
}
