package aramaki.server.search;

import aramaki.model.Refusal;
import aramaki.server.sight.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds systems, checks, entities, alerts, people, notes, pages and commands by the beginnings of
/// their words. What can be found is read anew when it is older than two seconds.
public final class Search {
    /// What is typed is at most so long.
    public static final int LENGTH = 200;

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int PER_KIND = 8;
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparing(Scored::score)
                    .reversed()
                    .thenComparing(scored -> scored.hit().title())
                    .thenComparing(scored -> scored.hit().place());

    private final Catalogue catalogue;
    private final InstantSource clock;
    private volatile Optional<Index> index = Optional.empty();

    private record Index(List<Entry> entries, Instant made) {}

    private record Scored(Hit hit, int score) {}

    /// Everything that can be found.
    @FunctionalInterface
    interface Catalogue {
        List<Entry> entries();
    }

    public Search(Findable findable, InstantSource clock) {
        this((Catalogue) findable::entries, clock);
    }

    Search(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /// What fits, in groups of one kind, the group with the best fit first. Nothing typed finds the
    /// pages.
    public List<Hit> find(String text, int limit) {
        if (text.length() > LENGTH) {
            throw Refusal.invalid("bad-search", "a search has at most " + LENGTH + " characters");
        }
        var terms = Terms.of(text);
        var groups = new EnumMap<Hit.Kind, List<Scored>>(Hit.Kind.class);
        var sight = Sight.current();
        for (var entry : entries()) {
            int score =
                    terms.isEmpty()
                            ? entry.hit().kind() == Hit.Kind.PAGE ? 1 : 0
                            : entry.fit(terms);
            if (score > 0 && entry.visible(sight)) {
                groups.computeIfAbsent(entry.hit().kind(), _ -> new ArrayList<>())
                        .add(new Scored(entry.hit(), score));
            }
        }
        groups.values().forEach(found -> found.sort(BEST_FIRST));
        return inGroups(groups, limit);
    }

    /// Each kind gets a share first; what is left over goes to whoever has more.
    private static List<Hit> inGroups(Map<Hit.Kind, List<Scored>> groups, int limit) {
        var order =
                groups.entrySet().stream()
                        .sorted(
                                Comparator.comparing(
                                                (Map.Entry<Hit.Kind, List<Scored>> e) ->
                                                        e.getValue().getFirst().score())
                                        .reversed()
                                        .thenComparing(Map.Entry::getKey))
                        .toList();
        int left = limit;
        var shares = new EnumMap<Hit.Kind, Integer>(Hit.Kind.class);
        for (int share : List.of(PER_KIND, limit)) {
            for (var group : order) {
                int has = shares.getOrDefault(group.getKey(), 0);
                int more = Math.min(left, Math.min(share, group.getValue().size()) - has);
                if (more > 0) {
                    shares.put(group.getKey(), has + more);
                    left -= more;
                }
            }
        }
        return order.stream()
                .flatMap(
                        group ->
                                group.getValue().stream()
                                        .limit(shares.getOrDefault(group.getKey(), 0))
                                        .map(Scored::hit))
                .toList();
    }

    private List<Entry> entries() {
        var now = clock.instant();
        var known = index;
        if (known.filter(i -> i.made().plus(FRESH).isAfter(now)).isPresent()) {
            return known.get().entries();
        }
        synchronized (this) { // one reads for all who wait
            known = index;
            if (known.filter(i -> i.made().plus(FRESH).isAfter(now)).isEmpty()) {
                var all = new ArrayList<Entry>();
                // The index is everybody's; who asks sees their part of it.
                Sight.EVERYTHING.during(() -> all.addAll(catalogue.entries()));
                known = Optional.of(new Index(List.copyOf(all), now));
                index = known;
            }
            return known.get().entries();
        }
    }
}
