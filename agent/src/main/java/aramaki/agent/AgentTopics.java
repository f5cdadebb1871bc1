package aramaki.agent;

import aramaki.console.HelpLayout.Group;
import aramaki.console.Topics;
import aramaki.console.Topics.Entry;
import java.util.List;

/// What holds for every command of `aramaki-agent`, for help and manual pages.
final class AgentTopics {
    static final List<Group> GROUPS =
            List.of(
                    new Group("Work", "join", "run", "status", "pause", "policy"),
                    new Group("Try", "simulate", "lab"),
                    new Group("Help", "completion"));

    static final Topics ALL =
            new Topics(
                    List.of(
                            new Entry("0", "done"),
                            new Entry("1", "failed; also when the server cannot be reached"),
                            new Entry("2", "wrong usage"),
                            new Entry("3", "refused; the message says why")),
                    List.of(
                            new Entry(
                                    "XDG_DATA_HOME",
                                    "where aramaki-agent/ is, for other users than root (default:"
                                            + " ~/.local/share)"),
                            new Entry(
                                    "XDG_CONFIG_HOME",
                                    "where simulate finds the profile of aramaki (default:"
                                            + " ~/.config)")),
                    List.of(
                            new Entry(
                                    "/etc/aramaki-agent/policy.yaml",
                                    "what this host allows servers to run on it"),
                            new Entry(
                                    "/var/lib/aramaki-agent/",
                                    "the agent's key, membership and spool, when root runs it"),
                            new Entry(
                                    "~/.local/share/aramaki-agent/",
                                    "the same, when another user runs it")));

    private AgentTopics() {}
}
