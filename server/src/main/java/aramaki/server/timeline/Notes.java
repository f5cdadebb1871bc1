package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.ManagedSystem;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventStore.Relation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What people write down, in the log of the system it is about.
public final class Notes {
    private static final int MAX = 10_000;
    private static final int MAX_LINKS = 10;
    private static final int MAX_LINK = 2000;
    private static final Pattern EVENT = Pattern.compile("(?:.*/events/)?([0-9a-f]{64})");

    private final Store store;
    private final EventStore events;
    private final EventLog log;
    private final InstantSource clock;

    public Notes(Store store, EventStore events, EventLog log, InstantSource clock) {
        this.store = store;
        this.events = events;
        this.log = log;
        this.clock = clock;
    }

    /// What somebody wrote.
    ///
    /// @param text Markdown
    /// @param at when it was, if not now
    /// @param about id of the event it is attached to
    /// @param links web addresses, and ids of other events
    public record Note(
            String text, Optional<Instant> at, Optional<String> about, List<String> links) {
        public Note {
            links = List.copyOf(links);
        }

        public static Note of(String text) {
            return new Note(text, Optional.empty(), Optional.empty(), List.of());
        }

        public static Note about(StoredEvent event, String text) {
            return new Note(text, Optional.empty(), Optional.of(event.hash().hex()), List.of());
        }
    }

    /// Adds a note that is attached to nothing.
    ///
    /// @param at when it was, if not now
    public StoredEvent add(ManagedSystem system, String text, Optional<Instant> at, By by) {
        return add(system, new Note(text, at, Optional.empty(), List.of()), by);
    }

    public StoredEvent add(ManagedSystem system, Note note, By by) {
        String text = note.text().strip();
        if (text.isEmpty() || text.length() > MAX) {
            throw Refusal.invalid("bad-note", "a note has 1 to " + MAX + " characters");
        }
        if (note.links().size() > MAX_LINKS) {
            throw Refusal.invalid("bad-link", "a note has at most " + MAX_LINKS + " links");
        }
        var about = note.about().map(id -> event(id, "about"));
        note.links().forEach(Notes::requireLink);
        var payload =
                new Payload.NoteAdded(
                        text,
                        about.map(Hash::hex).orElse(null),
                        note.links().isEmpty() ? null : note.links());
        var linked = note.links().stream().flatMap(this::linked).toList();
        return store.write(
                tx -> {
                    var at = note.at().orElseGet(clock::instant);
                    var event = log.append(tx, system.id(), payload, at, by);
                    about.ifPresent(t -> events.refer(tx, t, event.hash(), Relation.ABOUT));
                    linked.forEach(t -> events.refer(tx, t, event.hash(), Relation.LINK));
                    return event;
                });
    }

    /// The event that a link leads to, by its id or by the address of its page.
    public static Optional<Hash> eventOf(String link) {
        var match = EVENT.matcher(link);
        return match.matches() ? Optional.of(new Hash(match.group(1))) : Optional.empty();
    }

    private Hash event(String id, String what) {
        var hash =
                eventOf(id)
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "bad-event-id",
                                                what
                                                        + " must be the id of an event: 64"
                                                        + " hexadecimal digits"));
        if (store.<Optional<StoredEvent>>read(tx -> events.find(tx, hash)).isEmpty()) {
            throw Refusal.notFound("event", hash.hex());
        }
        return hash;
    }

    /// A bare id must be of an event that is here; an address may be of another server.
    private Stream<Hash> linked(String link) {
        if (!isWebAddress(link)) {
            return Stream.of(event(link, "link"));
        }
        return eventOf(link)
                .filter(hash -> store.read(tx -> events.find(tx, hash)).isPresent())
                .stream();
    }

    private static void requireLink(String link) {
        if (eventOf(link).isEmpty() && !isWebAddress(link)) {
            throw Refusal.invalid(
                    "bad-link",
                    "a link is an http or https address of at most "
                            + MAX_LINK
                            + " characters, or the id of an event");
        }
    }

    /// Whether a browser may be sent there.
    public static boolean isWebAddress(String link) {
        if (link.length() > MAX_LINK) {
            return false;
        }
        try {
            var uri = new URI(link);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
