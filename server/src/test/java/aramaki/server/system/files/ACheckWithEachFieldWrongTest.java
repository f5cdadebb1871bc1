package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ACheckWithEachFieldWrongTest {
    /// Line 3 is the line that goes wrong.
    private static final String TOP = "command: [check_load]\nevery: 60s\n";

    private static final String SHORT_NAME =
            " is no short name; write lower-case letters, digits, '.' and '-', beginning with a"
                    + " letter or digit, at most 100 characters";
    private static final String LIST = "write a list of words: [check_http, -H, \"{{address}}\"]";
    private static final String PROBE = "{http: {url: \"http://{{address}}/\"}}";
    private static final String CRON =
            "; write minute, hour, day of month, month and day of week, such as \"*/5 * * * *\" or"
                    + " \"0 3 * * MON-FRI\"";
    private static final String DURATION =
            ", not a duration; write a whole number and s, m, h or d, such as 30s, 5m, 2h or 7d";

    @ParameterizedTest
    @MethodSource
    void aFieldIsRefusedWithItsLine(String line, String problem) {
        var reading = Reads.check(TOP + line + "\n");

        assertThat(Reads.problems(reading)).containsExactly("checks/c.yaml:3: " + problem);
    }

    static Stream<Arguments> aFieldIsRefusedWithItsLine() {
        return Stream.of(
                wrong("evry: 5s", "evry: is no key we know; did you mean every?"),
                wrong("tmieout: 5s", "tmieout: is no key we know; did you mean timeout?"),
                wrong(
                        "frequency: 5s",
                        "frequency: is no key we know; known are attempts, command, cron, every,"
                                + " labels, name, on, output, probe, retry, runbook, timeout, timezone,"
                                + " ttl"),
                wrong(
                        "output: yaml",
                        "output: \"yaml\" is no form of output; known are json, nagios"),
                wrong("output: jsn", "output: \"jsn\" is no form of output; did you mean json?"),
                wrong("output: [json]", "output: is a list; write text"),
                wrong(
                        "timezone: Europe/Berlin",
                        "timezone: stands without cron; leave it out, or write for instance cron:"
                                + " \"0 3 * * *\""),
                wrong("cron: \"0 3 * * *\"", "cron: stands beside every; keep one of the two"),
                wrong("every: 5s", "every: is given twice, first in line 2; keep one"),
                wrong("name: C", "name: \"C\"" + SHORT_NAME),
                wrong("name: 7", "name: is a number; put it in quotes: \"7\""),
                wrong("name: [c]", "name: is a list; write text"),
                wrong("name:", "name: is empty; write text or leave it out"),
                wrong("name: d", "name: is d in a file named c.yaml; write c, or rename the file"),
                wrong("timeout: 10", "timeout: is 10 without a unit; write for instance 10s"),
                wrong("timeout: 0s", "timeout: is 0s, too short; write at least 1s"),
                wrong("timeout: 11m", "timeout: is 11m, too long; write at most 10m"),
                wrong("timeout: soon", "timeout: is \"soon\"" + DURATION),
                wrong("timeout: 1.5s", "timeout: is \"1.5s\"" + DURATION),
                wrong("timeout: -5s", "timeout: is \"-5s\"" + DURATION),
                wrong("timeout: 100ms", "timeout: is \"100ms\"" + DURATION),
                wrong("timeout:", "timeout: is empty" + DURATION),
                wrong(
                        "timeout: {s: 5}",
                        "timeout: is a mapping; write a duration such as 30s, 5m, 2h or 7d"),
                wrong(
                        "ttl: 60s",
                        "ttl: is 1m, not longer than every (1m); write more, or leave it out for"
                                + " 130s"),
                wrong("ttl: 31d", "ttl: is 31d, too long; write at most 30d"),
                wrong("attempts: 0", "attempts: is \"0\"; write a whole number from 1 to 100"),
                wrong("attempts: 101", "attempts: is \"101\"; write a whole number from 1 to 100"),
                wrong("attempts: 1.5", "attempts: is \"1.5\"; write a whole number from 1 to 100"),
                wrong("attempts: \"3\"", "attempts: is text; write 3 without quotes"),
                wrong("attempts: [3]", "attempts: is a list; write a whole number from 1 to 100"),
                wrong("retry: 2m", "retry: is 2m, longer than every (1m); write at most that"),
                wrong("retry: 0s", "retry: is 0s, too short; write at least 1s"),
                wrong("labels: web", "labels: is text; write a mapping: {team: web}"),
                wrong("labels: {a: 1}", "labels.a: is a number; put it in quotes: \"1\""),
                wrong("labels: {a: no}", "labels.a: is true or false; put it in quotes: \"no\""),
                wrong("labels: {a: }", "labels.a: is empty; write text, or \"\" for a tag"),
                wrong("labels: {a: [b]}", "labels.a: is a list; write text"),
                wrong(
                        "labels: {\"a b\": c}",
                        "labels.a b: \"a b\" is no name for a label; write letters, digits, '.',"
                                + " '_', '/' and '-', at most 100 characters"),
                wrong("on: web", "on: is text; write a mapping: {tags: [web]}"),
                wrong("on: {tags: web}", "on.tags: is text; write a list: [web]"),
                wrong("on: {tags: [{a: b}]}", "on.tags[0]: is a mapping; write text"),
                wrong("on: {tags: [\"\"]}", "on.tags[0]: is empty; write text or leave it out"),
                wrong("on: {dc: 3}", "on.dc: is a number; put it in quotes: \"3\""),
                wrong("runbook: [a]", "runbook: is a list; write text"),
                wrong(
                        "runbook: docs/../../x.md",
                        "runbook: \"docs/../../x.md\" leads out of the system's folder; write a path"
                                + " inside it, such as docs/front.md"),
                wrong(
                        "runbook: /etc/passwd",
                        "runbook: \"/etc/passwd\" leads out of the system's folder; write a path"
                                + " inside it, such as docs/front.md"),
                wrong("probe: {load: {}}", "probe: stands beside command; keep one of the two"));
    }

    @ParameterizedTest
    @MethodSource
    void aCommandIsRefused(String command, String problem) {
        var reading = Reads.check("every: 60s\ncommand: " + command + "\n");

        assertThat(Reads.problems(reading)).containsExactly("checks/c.yaml:2: " + problem);
    }

    static Stream<Arguments> aCommandIsRefused() {
        return Stream.of(
                wrong("check_load -w 1", "command: is text, and no shell runs it; " + LIST),
                wrong(
                        "[]",
                        "command: is empty; write a plugin and its arguments:"
                                + " [check_http, -H, \"{{address}}\"]"),
                wrong(
                        "{a: b}",
                        "command: is a mapping; write a list: [check_http, -H, \"{{address}}\"]"),
                wrong(
                        "[\"{{port}}\"]",
                        "command[0]: is templated; name the plugin itself, only its arguments may"
                                + " vary"),
                wrong("[\"\"]", plugin("")),
                wrong("[-H]", plugin("-H")),
                wrong("[../check_load]", plugin("../check_load")),
                wrong("[check load]", plugin("check load")),
                wrong("[check_load, [a]]", "command[1]: is a list; write text"),
                wrong(
                        "[check_load, ~]",
                        "command[1]: is empty; write text, in quotes if ~ is meant"),
                wrong("[check_load, \"a\\0b\"]", "command[1]: holds a NUL character; leave it out"),
                wrong(
                        "[check_tcp, -p, \"{{prot}}\"]",
                        "command[2]: uses {{prot}}, which no label gives; did you mean {{port}}?"),
                wrong(
                        "[check_tcp, -p, \"{{customer}}\"]",
                        "command[2]: uses {{customer}}, which no label gives; known are address,"
                                + " dc, port"),
                wrong(
                        "[check_tcp, -p, \"{{port}\"]",
                        "command[2]: \"{{port}\" has braces that form no template; write {{name}}"));
    }

    @Test
    void aTemplateWithoutQuotesIsExplained() {
        var reading = Reads.check("every: 60s\ncommand: [check_tcp, -p, {{port}}]\n");

        assertThat(Reads.problems(reading))
                .first()
                .isEqualTo(
                        "checks/c.yaml:2: yaml: has a mapping where a key belongs; write a template"
                                + " in quotes: \"{{address}}\"");
    }

    @ParameterizedTest
    @MethodSource
    void aProbeIsRefused(String probe, String problem) {
        var reading = Reads.check("every: 60s\nprobe: " + probe + "\n");

        assertThat(Reads.problems(reading)).containsExactly("checks/c.yaml:2: " + problem);
    }

    static Stream<Arguments> aProbeIsRefused() {
        return Stream.of(
                wrong("load", "probe: is text; write a mapping: " + PROBE),
                wrong("{}", "probe: names 0 kinds; write one of load, tcp: " + PROBE),
                wrong(
                        "{load: {}, tcp: {port: 1}}",
                        "probe: names 2 kinds; write one of load, tcp: " + PROBE),
                wrong("{tpc: {port: 1}}", "probe.tpc: is no kind of probe; did you mean tcp?"),
                wrong("{printer: {}}", "probe.printer: is no kind of probe; known are load, tcp"),
                wrong("{load: 5}", "probe.load: is a number; write a mapping: {port: 22}"),
                wrong(
                        "{tcp: {port: 1, hots: a}}",
                        "probe.tcp.hots: is no parameter of the probe tcp; did you mean host?"),
                wrong(
                        "{tcp: {host: a}}",
                        "probe.tcp.port: is missing; write for instance port: ..."),
                wrong("{tcp: }", "probe.tcp.port: is missing; write for instance port: ..."),
                wrong("{tcp: {port: [1]}}", "probe.tcp.port: is a list; write text"),
                wrong(
                        "{tcp: {port: ssh}}",
                        "probe.tcp.port: is no port; write a number such as 22"),
                wrong(
                        "{tcp: {port: \"{{x}}\"}}",
                        "probe.tcp.port: uses {{x}}, which no label gives; known are address, dc,"
                                + " port"));
    }

    @ParameterizedTest
    @MethodSource
    void anIntervalIsRefused(String every, int line, String problem) {
        var reading = Reads.check("command: [check_load]\n" + every + "\n");

        assertThat(Reads.problems(reading))
                .containsExactly("checks/c.yaml:" + line + ": " + problem);
    }

    static Stream<Arguments> anIntervalIsRefused() {
        return Stream.of(
                at("every: 60", 2, "every: is 60 without a unit; write for instance 60s"),
                at("every: 0m", 2, "every: is 0m, too short; write at least 1s"),
                at("every: 8d", 2, "every: is 8d, too long; write at most 7d"),
                at(
                        "every: [1s]",
                        2,
                        "every: is a list; write a duration such as 30s, 5m, 2h or 7d"),
                at("cron: 7", 2, "cron: is a number; put it in quotes: \"7\""),
                at(
                        "cron: \"0 0 31 2 *\"",
                        2,
                        "cron: names a day that never comes; write one that does, such as 0 3 1 *"
                                + " *"),
                at(
                        "cron: \"0 0 29 2 *\"",
                        2,
                        "cron: runs less than once a year; write one that runs more often"),
                at(
                        "cron: \"0 24 * * *\"",
                        2,
                        "cron: is no crontab expression (Value 24 not in range [0, 23])" + CRON),
                at(
                        "cron: \"* * * * * *\"",
                        2,
                        "cron: is no crontab expression (Cron expression contains 6 parts but we"
                                + " expect one of [5])"
                                + CRON),
                at(
                        "cron: \"@daily\"",
                        2,
                        "cron: is no crontab expression (Nicknames not supported!)" + CRON),
                at(
                        "cron: \"0 3 * * *\"\ntimezone: Europe/Berln",
                        3,
                        "timezone: \"Europe/Berln\" is no time zone we know; did you mean"
                                + " Europe/Berlin?"),
                at(
                        "cron: \"0 3 * * *\"\ntimezone: CEST",
                        3,
                        "timezone: \"CEST\" is no time zone we know; did you mean CET?"),
                at(
                        "cron: \"0 3 * * *\"\nttl: 1d",
                        3,
                        "ttl: is 1d, not longer than the longest time between two runs (1d); write"
                                + " more, or leave it out for 172810s"));
    }

    @Test
    void anIntervalIsMissing() {
        assertThat(Reads.problems(Reads.check("name: c\ncommand: [check_load]\n")))
                .containsExactly(
                        "checks/c.yaml:1: every: is missing; write for instance every: 60s");
    }

    @Test
    void neitherCommandNorProbeIsThere() {
        assertThat(Reads.problems(Reads.check("# nothing to run\nevery: 5s\n")))
                .containsExactly(
                        "checks/c.yaml:2: command: is missing; write for instance command:"
                                + " [check_http, -H, \"{{address}}\"], or probe: "
                                + PROBE);
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheirLines() {
        var reading =
                Reads.files(
                        Map.of(
                                "system.yaml", "title: 7\n",
                                "checks/a.yaml", "every: 5\n\ncommand: [check_load]\nttl: x\n",
                                "checks/b.yaml", "every: 5s\ncommand: a b\n"));

        assertThat(reading.problems())
                .extracting(p -> p.file() + ":" + p.line() + ":" + p.field())
                .containsExactly(
                        "checks/a.yaml:1:every",
                        "checks/a.yaml:4:ttl",
                        "checks/b.yaml:2:command",
                        "system.yaml:1:title");
    }

    @Test
    void aTemplatedValueNeverBecomesAnOption() {
        var reading =
                Reads.check("every: 5s\ncommand: [check_tcp, \"{{x}}\"]\nlabels: {x: --help}\n");

        assertThat(Reads.problems(reading))
                .containsExactly(
                        "checks/c.yaml:2: command[1]: {{x}} begins with - and would become an"
                                + " option; give the label another value");
    }

    @Test
    void aLabelThatIsWrongItselfIsNotCalledUnknownToo() {
        var reading = Reads.check("every: 5s\ncommand: [check_tcp, \"{{x}}\"]\nlabels: {x: 1}\n");

        assertThat(reading.problems()).extracting(FileProblem::field).containsExactly("labels.x");
    }

    @Test
    void templatesAreLeftAloneWhereTheSystemsLabelsCannotBeRead() {
        var reading =
                Reads.files(
                        Map.of(
                                "system.yaml", "title: [\n",
                                "checks/c.yaml", "every: 5s\ncommand: [check_tcp, \"{{x}}\"]\n"));

        assertThat(reading.problems()).extracting(FileProblem::file).containsExactly("system.yaml");
    }

    @ParameterizedTest
    @MethodSource
    void aFileThatIsNoPlainYamlIsRefused(String text, String problem) {
        assertThat(Reads.problems(Reads.check(text))).contains(problem);
    }

    static Stream<Arguments> aFileThatIsNoPlainYamlIsRefused() {
        return Stream.of(
                wrong("", "checks/c.yaml:1: file: is empty; write at least name: c"),
                wrong("# later\n", "checks/c.yaml:1: file: is empty; write at least name: c"),
                wrong(
                        "\n- a\n",
                        "checks/c.yaml:2: file: is a list; write keys and values, such as name: c"),
                wrong(
                        "every: 5s\n---\nevery: 6s\n",
                        "checks/c.yaml:2: yaml: begins a second document; write one document a"
                                + " file"),
                wrong(
                        "every: &a 5s\nttl: *a\n",
                        "checks/c.yaml:1: yaml: sets the anchor &a; write values out, or in quotes"
                                + " if the ampersand is meant"),
                wrong(
                        "every: 5s\nttl: *a\n",
                        "checks/c.yaml:2: yaml: uses the alias *a; write the value out, or in"
                                + " quotes if the star is meant"),
                wrong(
                        "every: !!str 5s\n",
                        "checks/c.yaml:1: yaml: has a tag (\"tag:yaml.org,2002:str\"); leave it"
                                + " out"),
                wrong(
                        "every: 5s\nname: \"c\nttl: 9s\n",
                        "checks/c.yaml:4: yaml: is not valid YAML: while scanning a quoted scalar,"
                                + " found unexpected end of stream; check quotes and indentation"),
                wrong(
                        "every: 5s\n  name: c\n",
                        "checks/c.yaml:2: yaml: is not valid YAML: mapping values are not allowed"
                                + " here; check quotes and indentation"),
                wrong(
                        "a: " + "[".repeat(30) + "]".repeat(30) + "\n",
                        "checks/c.yaml:1: yaml: is nested deeper than 20; write it flatter"));
    }

    @Test
    void anAliasBombIsRefusedQuickly() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            var use = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [")
                    .append(String.join(", ", List.of(use, use, use, use, use, use, use, use)))
                    .append("]\n");
        }

        assertThat(Reads.check(bomb.toString()).problems()).isNotEmpty();
    }

    @Test
    void aVeryLongKeyIsShownShort() {
        var problem = Reads.check(TOP + "\"" + "k".repeat(900) + "\": 1\n").problems().getFirst();

        assertThat(problem.toString().length()).isLessThan(400);
    }

    private static String plugin(String word) {
        return "command[0]: \""
                + word
                + "\" is no plugin; write a name such as check_http, or an absolute path";
    }

    private static Arguments at(String field, int line, String problem) {
        return Arguments.of(field, line, problem);
    }

    private static Arguments wrong(String text, String problem) {
        return Arguments.of(text, problem);
    }
}
