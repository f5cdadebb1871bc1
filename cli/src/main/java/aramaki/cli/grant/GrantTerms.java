package aramaki.cli.grant;

import aramaki.cli.shell.Labelling;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a grant lets its holder do, and where: options that several commands share.
public final class GrantTerms {
    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            description = "A system, with every layer below it. May be repeated.")
    private List<String> systems = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "TAG,KEY=VALUE",
            split = ",",
            description = "Every system with these labels, now and later.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--everything", description = "Every system but the instance's own.")
    private boolean everything;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "viewer, operator, maintainer or owner; or use --can.")
    private Optional<String> role = Optional.empty();

    @Option(names = "--can", paramLabel = "VERB", split = ",", description = "Single verbs.")
    private List<String> verbs = new ArrayList<>();

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description = "Classes of events to read; public,ops unless said.")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "CIDR",
            description = "Only from this network. May be repeated.")
    private List<String> networks = new ArrayList<>();

    /// Whether any of it was said.
    public boolean said() {
        return everything
                || role.isPresent()
                || !systems.isEmpty()
                || !labels.isEmpty()
                || !verbs.isEmpty()
                || !classes.isEmpty()
                || !networks.isEmpty();
    }

    /// Into the document of a grant.
    public void into(ObjectNode wanted) {
        wanted.put("everything", everything);
        systems.forEach(wanted.putArray("systems")::add);
        networks.forEach(wanted.putArray("networks")::add);
        role.ifPresent(r -> wanted.put("role", r));
        if (!verbs.isEmpty()) {
            verbs.forEach(wanted.putArray("verbs")::add);
        }
        if (!classes.isEmpty()) {
            classes.forEach(wanted.putArray("classes")::add);
        }
        if (!labels.isEmpty()) {
            wanted.set("labels", Labelling.parse(labels));
        }
    }
}
