package aramaki.server.proposal;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.observation.Probing;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.server.system.files.CheckWriter;
import aramaki.server.system.files.DefinitionReader;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.system.files.SystemFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How a proposal of a host, which may be hostile, becomes one that is shown: within bounds, in one
/// line each, and with a check that the reader of files accepts.
final class Taken {
    static final int MAX_TITLE = 120;
    static final int MAX_SENTENCE = 400;
    static final int MAX_EVIDENCE = 600;
    private static final int MAX_NAME = 80;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/@-]{1,120}");
    private static final Pattern PLUGIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}");
    private static final List<String> STATES = List.of("ok", "warning", "critical", "unknown");
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    private Taken() {}

    /// Refuses what could not be shown or accepted; `system` is where the check would belong.
    static Proposed of(Proposed given, SystemName system, ReadingContext context) {
        Json.complete(given);
        if (Json.bytes(given).length > Proposed.MAX_BYTES) {
            throw refused("it is larger than " + Proposed.MAX_BYTES + " bytes");
        }
        if (!ID.matcher(given.id()).matches()) {
            throw refused("its id is no id");
        }
        if (!Names.isShortName(given.name()) || given.name().length() > MAX_NAME) {
            throw refused("its name is no name of a check");
        }
        var taken =
                new Proposed(
                        given.id(),
                        given.name(),
                        line("title", given.title(), MAX_TITLE),
                        line("why", given.why(), MAX_SENTENCE),
                        line("evidence", given.evidence(), MAX_EVIDENCE),
                        given.command(),
                        given.probe(),
                        given.parameters(),
                        every(given),
                        given.triedState(),
                        given.triedOutput() == null
                                ? null
                                : shortened(given.triedOutput(), MAX_SENTENCE));
        if (given.triedState() != null && !STATES.contains(given.triedState())) {
            throw refused("trying it gave a state that is none");
        }
        readable(taken, system, context);
        return taken;
    }

    static Probing probing(Proposed proposed) {
        var command = proposed.command();
        var probe = proposed.probe();
        if (command != null && probe == null) {
            return new Probing.Command(command);
        }
        if (probe != null && command == null) {
            return new Probing.Probe(probe, proposed.parameters());
        }
        throw refused("it has both a command and a probe, or neither");
    }

    private static void readable(Proposed taken, SystemName system, ReadingContext context) {
        var probing = probing(taken);
        if (probing instanceof Probing.Command(var argv)
                && (argv.isEmpty() || !PLUGIN.matcher(argv.getFirst()).matches())) {
            throw refused("its command does not begin with the plain name of a plugin");
        }
        String text =
                CheckWriter.write(
                        taken.name(),
                        probing,
                        Duration.ofMillis(taken.everyMillis()),
                        Map.of(),
                        taken.why());
        if (text.contains("{{")) {
            throw refused("it has templates; a finding is about what is there");
        }
        var files =
                SystemFiles.of(
                                Map.of(
                                        SystemFiles.SYSTEM,
                                        "title: a system\n",
                                        "checks/" + taken.name() + ".yaml",
                                        text))
                        .orRefuse();
        DefinitionReader.read(system, files, context).orRefuse();
    }

    private static long every(Proposed given) {
        long millis = given.everyMillis() / 1000 * 1000;
        if (millis < SHORTEST.toMillis() || millis > LONGEST.toMillis()) {
            throw refused("every is not between 5 s and a day");
        }
        return millis;
    }

    private static String line(String field, String given, int max) {
        String line = shortened(given, max);
        if (line.isEmpty()) {
            throw refused("its " + field + " is empty");
        }
        return line;
    }

    /// One line without control characters and line ends of any script.
    private static String shortened(String given, int max) {
        String line = given.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\x{85}]+", " ").strip();
        return line.length() <= max
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, max))) + "…";
    }

    private static Refusal refused(String message) {
        return Refusal.invalid("bad-proposal", message);
    }
}
