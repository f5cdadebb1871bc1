package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.Output;
import aramaki.model.observation.Probing;
import aramaki.model.observation.Schedule;
import aramaki.model.system.SystemName;
import aramaki.server.system.ProbeKinds;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
    @Test
    void theCheckOfTheContractIsRead() {
        var text =
                """
                # checks/http-front.yaml
                name: http-front
                command: [check_http, -H, "{{address}}", -w, "1", -c, "3"]   # never a shell
                every: 60s
                timeout: 10s
                ttl: 3m
                attempts: 3
                retry: 15s
                on: {tags: [web], dc: halle}
                labels: {team: web}
                runbook: docs/front.md
                """;

        var definition =
                Reads.files(Map.of("system.yaml", "title: Shop\n", "checks/http-front.yaml", text))
                        .orRefuse();

        assertThat(definition.checks())
                .containsExactly(
                        new Check(
                                new CheckName("http-front"),
                                new Probing.Command(
                                        List.of(
                                                "check_http",
                                                "-H",
                                                "{{address}}",
                                                "-w",
                                                "1",
                                                "-c",
                                                "3")),
                                Output.NAGIOS,
                                new Schedule.Every(Duration.ofSeconds(60)),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(3),
                                3,
                                Optional.of(Duration.ofSeconds(15)),
                                Labels.of(Map.of("web", "", "dc", "halle")),
                                Labels.of(Map.of("team", "web")),
                                Optional.of("docs/front.md")));
    }

    @Test
    void aShortCheckHasTheDefaultsOfTheModel() {
        var definition = Reads.check("command: [check_load]\nevery: 5s\n").orRefuse();

        assertThat(definition.checks())
                .containsExactly(
                        Check.of(
                                new CheckName("c"),
                                new Probing.Command(List.of("check_load")),
                                Duration.ofSeconds(5)));
    }

    @Test
    void numbersInACommandAndAProbeNeedNoQuotesAndStayAsWritten() {
        var command = Reads.check("command: [check_tcp, -p, 0080, -w, 1.50]\nevery: 5s\n");
        var probe = Reads.check("probe: {tcp: {port: 22, host: \"{{dc}}\"}}\nevery: 5s\n");

        assertThat(command.orRefuse().checks().getFirst().probing())
                .isEqualTo(new Probing.Command(List.of("check_tcp", "-p", "0080", "-w", "1.50")));
        assertThat(probe.orRefuse().checks().getFirst().probing())
                .isEqualTo(new Probing.Probe("tcp", Map.of("port", "22", "host", "{{dc}}")));
    }

    @Test
    void aProbeWithoutParametersMayStandAlone() {
        var reading = Reads.check("probe:\n  load:\nevery: 5s\n");

        assertThat(reading.orRefuse().checks().getFirst().probing())
                .isEqualTo(new Probing.Probe("load", Map.of()));
    }

    @Test
    void aCommandMayPrintJson() {
        var definition = Reads.check("command: [a]\noutput: json\nevery: 5s\n").orRefuse();

        assertThat(definition.checks().getFirst().output()).isEqualTo(Output.JSON);
    }

    @Test
    void aProbeHasNoOutputToDescribe() {
        var reading = Reads.check("probe: {load: {}}\noutput: json\nevery: 5s\n");

        assertThat(Reads.problems(reading))
                .containsExactly(
                        "checks/c.yaml:2: output: stands beside probe; only what a command prints"
                                + " has a form");
    }

    @Test
    void aCrontabIsASchedule() {
        var text = "command: [a]\ncron: \"30 3 * * MON-FRI\"\ntimezone: Europe/Berlin\n";
        var check = Reads.check(text).orRefuse().checks().getFirst();

        assertThat(check.schedule())
                .isEqualTo(new Schedule.Cron("30 3 * * MON-FRI", ZoneId.of("Europe/Berlin")));
        assertThat(check.ttl()).isEqualTo(Duration.ofDays(6).plusSeconds(10));
    }

    @Test
    void aCrontabWithoutAZoneIsUtcAndOneOfEachMonthOutlivesTheMonth() {
        var check =
                Reads.check("command: [a]\ncron: \"0 0 1 * *\"\n").orRefuse().checks().getFirst();

        assertThat(check.schedule()).isEqualTo(new Schedule.Cron("0 0 1 * *", ZoneId.of("UTC")));
        assertThat(check.ttl()).isEqualTo(Duration.ofDays(62).plusSeconds(10));
    }

    @Test
    void aCrontabOfOneDayAYearHasTheLongestTtl() {
        var check =
                Reads.check("command: [a]\ncron: \"0 0 1 1 *\"\n").orRefuse().checks().getFirst();

        assertThat(check.ttl()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void whatLaterFeaturesUseIsKeptAndNamed() {
        var definition =
                Reads.files(
                                Map.of(
                                        "system.yaml", "title: Shop\n",
                                        "checks/c.yaml", "command: [a]\nevery: 5s\n",
                                        "actions/flush-varnish.yaml",
                                                "name: flush-varnish\nargv: [varnishadm]\n",
                                        "alerting.yaml", "routes: []\n",
                                        "policies/a.cel", "true ||",
                                        "blueprints/vault.yaml", "resources: {}\n",
                                        "environments/lab.yaml", "a: b\n",
                                        "docs/front.md", "# Front"))
                        .orRefuse();

        assertThat(definition.notUsedYet())
                .containsExactly(
                        "actions/flush-varnish.yaml",
                        "alerting.yaml",
                        "blueprints/vault.yaml",
                        "docs/front.md",
                        "environments/lab.yaml",
                        "policies/a.cel");
    }

    @Test
    void aFileOfALaterFeatureHasToBeYamlAlready() {
        var reading =
                Reads.files(Map.of("system.yaml", "title: a\n", "actions/a.yaml", "b: c\nd: [\n"));

        assertThat(reading.problems())
                .extracting(p -> p.file() + ":" + p.line() + ":" + p.field())
                .containsExactly("actions/a.yaml:3:yaml");
    }

    @Test
    void aSystemWithoutItsDocumentIsRefused() {
        assertThat(Reads.problems(Reads.files(Map.of())))
                .containsExactly("system.yaml:1: file: is missing; write at least title: shop");
    }

    @Test
    void aFileThatWouldSilentlyNotCountIsRefused() {
        var reading =
                Reads.files(
                        Map.of(
                                "system.yaml", "title: a\n",
                                "checks/x.yml", "a: b\n",
                                "checks/Front page.yaml", "command: [a]\nevery: 5s\n"));

        assertThat(Reads.problems(reading))
                .containsExactly(
                        "checks/Front page.yaml:1: file: is no name for a check; write lower-case"
                                + " letters, digits, '.' and '-' before .yaml",
                        "checks/x.yml:1: file: would not be used; name it x.yaml");
    }

    @Test
    void aBadReadingIsARefusalWithEveryProblem() {
        assertThatThrownBy(() -> Reads.check("every: 5\n").orRefuse())
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(
                        "checks/c.yaml:1: command: is missing", "\nchecks/c.yaml:1: every: ");
    }

    @Test
    void templatesAreFilledFromLabels() {
        var labels = Labels.of(Map.of("port", "8781", "flag", "-x"));

        assertThat(Templates.fill("{{address}}:{{ port }}", labels)).isEqualTo("127.0.0.1:8781");
        assertThat(Templates.fill("--a={{flag}}", labels)).isEqualTo("--a=-x");
        assertThatThrownBy(() -> Templates.fill("{{flag}}", labels)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Templates.fill("{{none}}", labels)).isInstanceOf(Refusal.class);
    }

    @Test
    void documentsReadTogetherSayTheSameAsEachForItself() {
        var context = new ReadingContext(new ProbeKinds(), Set.of());
        var together = new CheckDocuments();
        var good = "command: [check_x, \"{{dc}}\"]\nevery: 30s\n";
        var systems =
                List.of(
                        Map.of("system.yaml", "title: A\nlabels: {dc: halle}\n"),
                        Map.of("system.yaml", "title: B\nlabels: {dc: halle}\n"),
                        Map.of("system.yaml", "title: C\n"), // has no label dc
                        Map.of("system.yaml", "title: D\nlabels: {dc: \"-x\"}\n"));

        for (var system : systems) {
            var texts = new TreeMap<>(system);
            texts.put("checks/x.yaml", good);
            texts.put("checks/y.yaml", good);
            texts.put("checks/bad.yaml", "every: often\n");
            var files = new SystemFiles(texts);
            var name = new SystemName("s");

            assertThat(DefinitionReader.read(name, files, context, together))
                    .isEqualTo(DefinitionReader.read(name, files, context));
        }
    }
}
