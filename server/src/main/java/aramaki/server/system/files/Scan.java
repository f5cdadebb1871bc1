package aramaki.server.system.files;

import aramaki.model.system.SystemName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was found in a folder of systems at one time.
///
/// @param systems the files of each system that could be read; nothing is said about their content
/// @param unread systems that are there but could not be read now; the last good version stays
/// @param problems with `FOLDER/` in front of each file
/// @param listed false when the folder itself could not be read, and so nothing is known to be gone
public record Scan(
        SortedMap<SystemName, SystemFiles> systems,
        SortedSet<SystemName> unread,
        List<FileProblem> problems,
        boolean listed) {

    public Scan {
        systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
        unread = Collections.unmodifiableSortedSet(new TreeSet<>(unread));
        problems = List.copyOf(problems);
    }

    /// Which of these systems have left the folder.
    public List<SystemName> gone(Collection<SystemName> active) {
        return active.stream()
                .filter(name -> listed && !systems.containsKey(name) && !unread.contains(name))
                .sorted()
                .toList();
    }
}
