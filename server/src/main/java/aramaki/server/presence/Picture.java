package aramaki.server.presence;

import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/// Who has what open at one moment. Two pages of one person count once, since the first.
public record Picture(List<Viewing> viewings) {
    private static final Comparator<Viewing> LONGEST_FIRST =
            Comparator.comparing((Viewing v) -> v.viewer().since())
                    .thenComparing(v -> v.viewer().name())
                    .thenComparing(v -> v.opened().path());

    /// Nobody has anything open.
    public static final Picture NOBODY = new Picture(List.of());

    /// One person at one thing.
    public record Viewing(Viewer viewer, Opened opened) {}

    public Picture {
        viewings = viewings.stream().sorted(LONGEST_FIRST).toList();
    }

    /// The part of it at these systems.
    public Picture only(Predicate<SystemName> seen) {
        return new Picture(viewings.stream().filter(v -> seen.test(v.opened().system())).toList());
    }

    /// Those who have the system open, or one of its checks; the longest first.
    public List<Viewer> of(SystemName system) {
        return viewers(opened -> opened.system().equals(system));
    }

    /// Those who have this check open, or the alert about it.
    public List<Viewer> of(CheckKey key) {
        return viewers(opened -> opened instanceof Opened.OfCheck at && at.shows(key));
    }

    /// Those who have the check's page open, at whatever entity.
    public List<Viewer> of(Opened.OfCheck check) {
        return viewers(
                opened ->
                        opened instanceof Opened.OfCheck at
                                && at.system().equals(check.system())
                                && at.check().equals(check.check()));
    }

    /// Those who have any of these open.
    public List<Viewer> ofAny(Collection<CheckKey> keys) {
        return viewers(
                opened -> opened instanceof Opened.OfCheck at && keys.stream().anyMatch(at::shows));
    }

    private List<Viewer> viewers(Predicate<Opened> wanted) {
        var byPerson = new LinkedHashMap<String, Viewer>();
        for (var viewing : viewings) {
            if (wanted.test(viewing.opened())) {
                byPerson.putIfAbsent(viewing.viewer().person(), viewing.viewer());
            }
        }
        return List.copyOf(byPerson.values());
    }
}
