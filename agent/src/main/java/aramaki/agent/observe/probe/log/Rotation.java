package aramaki.agent.observe.probe.log;

import aramaki.agent.observe.probe.net.RegularFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what has to be read since the last look: the rest of a file that was renamed or copied
/// away, files that came and went between, and the one that is there now.
final class Rotation {
    private static final int MAX_NEIGHBOURS = 2000;

    /// A part of a log.
    ///
    /// @param complete nobody writes to it any more
    record Part(Path file, long from, boolean within, boolean complete) {}

    /// @param parts what is to be read, in this order
    /// @param missing whether something that was written cannot be found any more
    record Plan(List<Part> parts, boolean missing) {}

    private record Neighbour(Path file, String number, long size, FileTime changed) {}

    private final Path log;
    private final Position position;

    Rotation(Path log, Position position) {
        this.log = log;
        this.position = position;
    }

    Plan plan() throws IOException {
        BasicFileAttributes now = RegularFile.look(log);
        if (position.beforeItWasThere()) {
            return new Plan(List.of(new Part(log, 0, false, false)), false);
        }
        if (number(now).equals(position.file()) && continues(log, now.size())) {
            return new Plan(
                    List.of(new Part(log, position.offset(), position.within(), false)), false);
        }
        List<Neighbour> neighbours = neighbours(number(now));
        Optional<Neighbour> old = old(neighbours);
        var parts = new ArrayList<Part>();
        old.ifPresent(
                file -> {
                    parts.add(new Part(file.file(), position.offset(), position.within(), true));
                    neighbours.stream()
                            .filter(other -> other.changed().compareTo(file.changed()) > 0)
                            .filter(other -> named(other.file()))
                            .sorted(Comparator.comparing(Neighbour::changed))
                            .forEach(other -> parts.add(new Part(other.file(), 0, false, true)));
                });
        parts.add(new Part(log, 0, false, false));
        return new Plan(parts, old.isEmpty());
    }

    /// A renamed file keeps its number, a copy has another one and the same beginning.
    private Optional<Neighbour> old(List<Neighbour> neighbours) {
        return neighbours.stream()
                .filter(one -> one.number().equals(position.file()))
                .filter(this::goesOn)
                .findFirst()
                .or(
                        () ->
                                neighbours.stream()
                                        .filter(one -> position.headLength() > 0)
                                        .filter(one -> named(one.file()))
                                        .filter(this::goesOn)
                                        .findFirst());
    }

    /// One that the agent may not read is as good as gone.
    private boolean goesOn(Neighbour one) {
        try {
            return continues(one.file(), one.size());
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a file still begins as the one we read, and is at least as long.
    private boolean continues(Path file, long size) throws IOException {
        return size >= position.offset()
                && Head.of(file, position.headLength()).equals(position.head());
    }

    /// The other ordinary files of the folder, without compressed ones, which end before or after
    /// any line.
    private List<Neighbour> neighbours(String except) throws IOException {
        var found = new ArrayList<Neighbour>();
        Path folder = log.toRealPath().getParent();
        if (folder == null) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            int seen = 0;
            for (Path file : files) {
                seen++;
                if (seen > MAX_NEIGHBOURS) {
                    break;
                }
                look(file)
                        .filter(one -> !one.number().equals(except))
                        .filter(one -> one.number().equals(position.file()) || named(one.file()))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Neighbour> look(Path file) {
        try {
            var attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(
                            new Neighbour(
                                    file,
                                    number(attributes),
                                    attributes.size(),
                                    attributes.lastModifiedTime()))
                    : Optional.empty();
        } catch (IOException e) {
            // It went away meanwhile.
            return Optional.empty();
        }
    }

    /// As rotation names them: the log's own name, then a number or a date.
    private boolean named(Path file) {
        String name = String.valueOf(file.getFileName());
        String own = String.valueOf(log.getFileName());
        return name.startsWith(own)
                && name.substring(own.length()).matches("[.-][0-9][0-9T:._-]*|\\.(?:old|prev|bak)");
    }

    static String number(BasicFileAttributes attributes) {
        return String.valueOf(attributes.fileKey());
    }
}
