package aramaki.server.system.files;

import aramaki.model.system.Definition;
import aramaki.model.system.SystemName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads a system named `shop` from texts, with two kinds of probe and one label of an agent.
final class Reads {
    static final ProbeCatalog PROBES = new TwoProbes();

    private Reads() {}

    static Reading<Definition> files(Map<String, String> texts) {
        return DefinitionReader.read(
                new SystemName("shop"),
                SystemFiles.of(texts).orRefuse(),
                new ReadingContext(PROBES, Set.of("dc")));
    }

    /// One check in `checks/c.yaml` of a system with a label `port`.
    static Reading<Definition> check(String text) {
        return files(Map.of("system.yaml", "labels: {port: \"8781\"}\n", "checks/c.yaml", text));
    }

    static Reading<Definition> system(String text) {
        return files(Map.of("system.yaml", text));
    }

    static List<String> problems(Reading<Definition> reading) {
        return reading.problems().stream().map(FileProblem::toString).toList();
    }

    private static final class TwoProbes implements ProbeCatalog {
        @Override
        public TreeMap<String, Parameters> kinds() {
            var kinds = new TreeMap<String, Parameters>();
            kinds.put("tcp", new Parameters(Set.of("port"), Set.of("host")));
            kinds.put("load", new Parameters(Set.of(), Set.of("warn", "crit")));
            return kinds;
        }

        @Override
        public Optional<String> problem(String kind, String parameter, String value) {
            return parameter.equals("port") && !value.matches("[0-9]+")
                    ? Optional.of("is no port; write a number such as 22")
                    : Optional.empty();
        }
    }
}
