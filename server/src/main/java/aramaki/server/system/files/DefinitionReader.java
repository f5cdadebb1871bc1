package aramaki.server.system.files;

import aramaki.model.observation.Check;
import aramaki.model.system.Definition;
import aramaki.model.system.SystemName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Makes a definition of a system's files, or says everything that is wrong with them.
public final class DefinitionReader {
    private final SystemName name;
    private final SystemFiles files;
    private final ReadingContext context;
    private final CheckDocuments documents;
    private final List<FileProblem> problems = new ArrayList<>();
    private final TreeSet<String> notUsedYet = new TreeSet<>();
    private final List<Check> checks = new ArrayList<>();

    private DefinitionReader(
            SystemName name, SystemFiles files, ReadingContext context, CheckDocuments documents) {
        this.name = name;
        this.files = files;
        this.context = context;
        this.documents = documents;
    }

    public static Reading<Definition> read(
            SystemName name, SystemFiles files, ReadingContext context) {
        return read(name, files, context, new CheckDocuments());
    }

    /// One of many systems that are read in the same context.
    ///
    /// @param documents of those that were read before
    public static Reading<Definition> read(
            SystemName name, SystemFiles files, ReadingContext context, CheckDocuments documents) {
        return new DefinitionReader(name, files, context, documents).read();
    }

    private Reading<Definition> read() {
        var top = systemFields();
        var system =
                top.map(fields -> SystemDocument.read(name, fields))
                        .orElseGet(() -> SystemDocument.titled(name.value()));
        var labels = KnownLabels.of(context.entityLabels());
        var known =
                top.map(fields -> labels.with(fields, system.labels()))
                        .orElseGet(labels::orAnything);
        for (var path : files.texts().keySet()) {
            if (path.startsWith("checks/") && path.endsWith(".yaml")) {
                check(path, known);
            } else if (path.endsWith(".yml")) {
                in(path).add(1, "file", "would not be used; name it " + renamed(path));
            } else if (!path.equals(SystemFiles.SYSTEM)) {
                later(path);
            }
        }
        checks.sort(Comparator.comparing(Check::name));
        problems.sort(Comparator.comparing(FileProblem::file).thenComparing(FileProblem::line));
        return Reading.of(
                new Definition(
                        system.title(),
                        system.category(),
                        system.description(),
                        system.labels(),
                        system.subsystems(),
                        system.selections(),
                        system.people(),
                        system.rules(),
                        system.links(),
                        checks,
                        List.copyOf(notUsedYet)),
                problems);
    }

    private Optional<Mapping> systemFields() {
        var text = files.text(SystemFiles.SYSTEM);
        if (text.isEmpty()) {
            in(SystemFiles.SYSTEM).add(1, "file", "is missing; write at least title: " + name);
        }
        return text.flatMap(t -> mapping(SystemFiles.SYSTEM, t, "title: " + name));
    }

    private void check(String path, KnownLabels known) {
        var fileName = path.substring("checks/".length(), path.length() - ".yaml".length());
        var document =
                documents.read(
                        fileName, files.text(path).orElse(""), known, in(path), context.probes());
        document.check().ifPresent(checks::add);
        document.notUsedYet().forEach(key -> notUsedYet.add(path + ": " + key));
    }

    /// Files of later features: YAML has to be YAML already, so that it is right when it counts.
    private void later(String path) {
        if (path.endsWith(".yaml")) {
            var _ = YamlText.read(files.text(path).orElse(""), in(path));
        }
        notUsedYet.add(path);
    }

    private Optional<Mapping> mapping(String path, String text, String example) {
        return Mapping.read(text, in(path), example);
    }

    private Problems in(String path) {
        return new Problems(path, problems);
    }

    private static String renamed(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".yml".length()) + ".yaml";
    }
}
