package aramaki.cli;

import aramaki.cli.api.ExitCode;
import aramaki.console.HelpLayout.Group;
import aramaki.console.Topics;
import aramaki.console.Topics.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What holds for every command of `aramaki`, for help and manual pages.
final class ProgramTopics {
    /// The page of the other program has the name that the noun's would have.
    static final Map<String, String> PAGES = Map.of("agent", "aramaki-agents");

    /// The first words, those typed most first; also those that are to come.
    static final List<Group> GROUPS =
            List.of(
                    new Group(
                            "See",
                            "watch",
                            "alert",
                            "system",
                            "timeline",
                            "check",
                            "observation",
                            "entity",
                            "search",
                            "perspective",
                            "inventory"),
                    new Group(
                            "Act",
                            "action",
                            "run",
                            "silence",
                            "review",
                            "ticket",
                            "maintenance",
                            "announcement",
                            "blueprint",
                            "emergency"),
                    new Group(
                            "Set up", "up", "serve", "agent", "repo", "route", "oncall", "service",
                            "kv", "peer", "admin"),
                    new Group(
                            "You and others",
                            "login",
                            "whoami",
                            "person",
                            "token",
                            "grant",
                            "audit"),
                    new Group("Help", "help", "completion"));

    static final Topics ALL =
            new Topics(
                    Arrays.stream(ExitCode.values())
                            .map(c -> new Entry("%3d".formatted(c.number()), c.meaning()))
                            .toList(),
                    List.of(
                            new Entry(
                                    "ARAMAKI_SERVER",
                                    "the server to ask, as --server; else the only profile, else"
                                            + " http://localhost:8700"),
                            new Entry(
                                    "ARAMAKI_TOKEN_FILE",
                                    "a file that holds the token, as --token-file"),
                            new Entry(
                                    "ARAMAKI_CA",
                                    "authorities that are believed about the server, as --ca"),
                            new Entry(
                                    "XDG_CONFIG_HOME",
                                    "where aramaki/profiles/ is (default: ~/.config)"),
                            new Entry(
                                    "XDG_DATA_HOME",
                                    "where a server keeps its data (default: ~/.local/share)"),
                            new Entry("NO_COLOR", "when set: no colour"),
                            new Entry("TERM", "dumb: no colour, and watch only appends lines"),
                            new Entry(
                                    "LC_ALL, LC_CTYPE, LANG",
                                    "without UTF-8 in the first that is set, watch draws in ASCII"),
                            new Entry("COLUMNS", "how wide the terminal is"),
                            new Entry("VISUAL, EDITOR", "what edits a system")),
                    List.of(
                            new Entry(
                                    "~/.config/aramaki/profiles/",
                                    "a file for each server you signed in to, readable by you only"),
                            new Entry(
                                    "~/.local/share/aramaki/",
                                    "the data of a server started here, unless --data names"
                                            + " another folder")));

    private ProgramTopics() {}
}
