package aramaki.agent.policy;

import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a policy comes to on this host, in plain words for its owner.
///
/// @param walls what keeps runs apart here, one line each
public record PolicyReport(HostPolicy policy, Rights rights, List<String> walls) {
    private static final int WIDTH = 100;
    private static final String INDENT = " ".repeat(11);

    public PolicyReport {
        walls = List.copyOf(walls);
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "plugins    "
                        + switch (policy.checks()) {
                            case NONE -> "none run here (checks: none)";
                            case FOLDERS -> "run by their name, from the folders below";
                            case ANY ->
                                    "run by their name, from the folders below; so does any"
                                            + " program by its absolute path";
                        });
        if (policy.checks() != HostPolicy.Checks.NONE) {
            policy.pluginFolders().forEach(folder -> folder(folder, lines));
            lines.add("denied     " + denied() + ": in every folder, under any name");
            lines.add("user       plugins run " + rights.words());
            walls.forEach(wall -> lines.add(INDENT + wall));
        }
        lines.add("probes     " + probes());
        if (policy.permits(ProbeKind.LOG)) {
            lines.add("logs       the probe log reads in " + logFolders());
        }
        lines.add("actions    up to level " + policy.actions() + ": " + level());
        return lines;
    }

    private void folder(Path folder, List<String> lines) {
        if (!Files.isDirectory(folder)) {
            lines.add("folder     " + folder + " is not there");
            return;
        }
        var usable = new ArrayList<String>();
        var denied = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (Path entry : entries(folder)) {
            String name = String.valueOf(entry.getFileName());
            if (Files.isDirectory(entry)) {
                continue;
            }
            try {
                // Where two folders have the name, the first one's runs.
                Path found = policy.plugin(name);
                if (found.startsWith(folder)) {
                    usable.add(name);
                } else {
                    others.add(found + " comes before " + entry);
                }
            } catch (Refusal refusal) {
                (refusal.code().equals(PluginLookup.DENIED) ? denied : others)
                        .add(refusal.code().equals(PluginLookup.DENIED) ? name : refusal.text());
            }
        }
        lines.add("folder     " + folder + ": " + usable.size() + " plugins");
        lines.addAll(wrapped(usable));
        if (!denied.isEmpty()) {
            lines.add(INDENT + "denied there: " + String.join(", ", denied));
        }
        others.forEach(why -> lines.add(INDENT + "not run: " + why));
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking into " + folder, e);
        }
    }

    private static List<String> wrapped(List<String> names) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String name : names) {
            if (!line.isEmpty() && INDENT.length() + line.length() + name.length() + 1 > WIDTH) {
                lines.add(INDENT + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(name);
        }
        if (!line.isEmpty()) {
            lines.add(INDENT + line);
        }
        return lines;
    }

    private String denied() {
        return Stream.concat(HostPolicy.BUILT_IN_DENY.stream(), policy.deny().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String probes() {
        if (policy.probes().isEmpty()) {
            return "none";
        }
        String no = words(false);
        return words(true) + (no.isEmpty() ? "" : "; not " + no);
    }

    private String logFolders() {
        return policy.logFolders().isEmpty()
                ? "no folder"
                : policy.logFolders().stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(", "));
    }

    private String words(boolean permitted) {
        return Arrays.stream(ProbeKind.values())
                .filter(probe -> policy.permits(probe) == permitted)
                .map(ProbeKind::word)
                .collect(Collectors.joining(", "));
    }

    private String level() {
        return switch (policy.actions()) {
            case 0 -> "those that only read";
            case 1 -> "normal ones too";
            case 2 -> "also those for which the agent checks the caller's own signature";
            default -> "also those that two people must want";
        };
    }
}
