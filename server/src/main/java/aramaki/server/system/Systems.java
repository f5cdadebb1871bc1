package aramaki.server.system;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.Category;
import aramaki.model.system.Definition;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.files.CheckDocuments;
import aramaki.server.system.files.DefinitionReader;
import aramaki.server.system.files.DefinitionWriter;
import aramaki.server.system.files.FileProblem;
import aramaki.server.system.files.Reading;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.system.files.Scan;
import aramaki.server.system.files.SystemFiles;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All systems of this instance: their documents, their graph, and every way to change them. A
/// change is an event with the whole document, so that the log alone can bring it back.
public final class Systems {
    private static final Logger logger = LoggerFactory.getLogger(Systems.class);

    /// The name of the instance's own system.
    public static final SystemName INSTANCE = new SystemName("instance");

    private final Store store;
    private final SystemStore systems;
    private final EventLog log;
    private final String instanceId;
    private final Supplier<ReadingContext> context;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock(); // one change at a time
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private volatile List<FileProblem> problems = List.of();

    public Systems(
            Store store,
            SystemStore systems,
            EventLog log,
            String instanceId,
            Supplier<ReadingContext> context,
            InstantSource clock) {
        this.store = store;
        this.systems = systems;
        this.log = log;
        this.instanceId = instanceId;
        this.context = context;
        this.clock = clock;
    }

    /// Is told within the unit of work that changes a system, and again once it is durable.
    public interface Listener {
        void changing(Tx tx, ManagedSystem before, Optional<ManagedSystem> after, By by);

        void changed();
    }

    private record Snapshot(
            SortedMap<SystemName, ManagedSystem> systems,
            Map<SystemName, SystemFiles> files,
            Map<SystemName, SystemStore.Row> rows,
            Map<SystemId, SystemName> names,
            Set<SystemName> unread,
            SystemGraph graph) {
        static final Snapshot EMPTY =
                new Snapshot(
                        new TreeMap<>(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        SystemGraph.of(List.of()));
    }

    public void start() {
        var rows = new TreeMap<SystemName, SystemStore.Row>();
        store.read(systems::systems).forEach(row -> rows.put(row.name(), row));
        snapshot = snapshotOf(rows);
        if (!rows.containsKey(INSTANCE)) {
            String yaml =
                    DefinitionWriter.create(
                            "This instance",
                            Category.named("instance"),
                            "The Aramaki instance itself: its people, agents and keys.",
                            Labels.NONE,
                            List.of());
            replace(INSTANCE, "", filesOf(yaml), By.instance(instanceId));
        }
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public Collection<ManagedSystem> all() {
        return snapshot.systems().values();
    }

    public Optional<ManagedSystem> find(SystemName name) {
        return Optional.ofNullable(snapshot.systems().get(name));
    }

    public ManagedSystem require(SystemName name) {
        return find(name).orElseThrow(() -> Refusal.notFound("system", name.value()));
    }

    public Optional<ManagedSystem> byId(SystemId id) {
        return nameOf(id).flatMap(this::find);
    }

    /// The name of a system that is, or was: its log goes on speaking of it.
    public Optional<SystemName> nameOf(SystemId id) {
        return Optional.ofNullable(snapshot.names().get(id));
    }

    /// The id of a system that is, or was.
    public Optional<SystemId> idOf(SystemName name) {
        return Optional.ofNullable(snapshot.rows().get(name)).map(SystemStore.Row::id);
    }

    /// Whether this system is here and its document could be read, so that a check it lacks is no
    /// more; or whether it is gone.
    public boolean lacks(CheckKey key) {
        return find(key.system())
                .map(
                        s ->
                                !snapshot.unread().contains(key.system())
                                        && s.definition().check(key.check()).isEmpty())
                .orElse(true);
    }

    public ManagedSystem instance() {
        return require(INSTANCE);
    }

    public SystemGraph graph() {
        return snapshot.graph();
    }

    /// The aggregate of this name that a selection made, when one did.
    public Optional<Selected> selection(SystemName name) {
        return graph().selected(name);
    }

    public SystemFiles files(SystemName name) {
        require(name);
        return Optional.ofNullable(snapshot.files().get(name)).orElseThrow();
    }

    /// The systems an agent works for, its home first; those that do not exist yet are left out.
    public List<ManagedSystem> servedBy(AgentRecord agent) {
        var served = new LinkedHashMap<SystemName, ManagedSystem>();
        for (String name : agent.systems()) {
            if (name.equals(AgentRecord.ALL_OF_FOLDER)) {
                all().stream()
                        .filter(ManagedSystem::ownedByFolder)
                        .forEach(s -> served.putIfAbsent(s.name(), s));
            } else {
                find(new SystemName(name)).ifPresent(s -> served.putIfAbsent(s.name(), s));
            }
        }
        return List.copyOf(served.values());
    }

    /// What is wrong with the systems folder at present.
    public List<FileProblem> problems() {
        return problems;
    }

    public ManagedSystem create(
            SystemName name,
            String title,
            Category category,
            String description,
            Labels labels,
            List<SystemRef> subsystems,
            By by) {
        String yaml = DefinitionWriter.create(title, category, description, labels, subsystems);
        return alone(
                () -> {
                    if (find(name).isPresent()) {
                        throw Refusal.conflict("exists", "there is a system " + name + " already");
                    }
                    return replace(name, "", filesOf(yaml), by);
                });
    }

    /// What a document says, whether it is one's own yet or not; refuses one that is wrong.
    public Definition read(SystemName name, Map<String, String> texts) {
        return DefinitionReader.read(name, SystemFiles.of(texts).orRefuse(), context.get())
                .orRefuse();
    }

    /// Replaces the document of a system that this instance keeps, or makes a new one.
    public ManagedSystem put(SystemName name, Map<String, String> texts, By by) {
        var files = SystemFiles.of(texts).orRefuse();
        return alone(
                () -> {
                    find(name).ifPresent(Systems::refuseOwnedByFolder);
                    return replace(name, "", files, by);
                });
    }

    /// Adds files to the document of a system that this instance keeps; refuses one that is there.
    ///
    /// @param because what led to it; stands in the event
    public ManagedSystem add(SystemName name, Map<String, String> texts, String because, By by) {
        return alone(
                () -> {
                    refuseOwnedByFolder(require(name));
                    var more = new TreeMap<>(files(name).texts());
                    texts.forEach(
                            (path, text) -> {
                                if (more.putIfAbsent(path, text) != null) {
                                    throw Refusal.conflict(
                                            "exists",
                                            "system " + name + " has " + path + " already");
                                }
                            });
                    return replace(name, "", SystemFiles.of(more).orRefuse(), by, because);
                });
    }

    public ManagedSystem link(SystemName name, SystemRef subsystem, By by) {
        return edit(name, yaml -> DefinitionWriter.withSubsystem(yaml, subsystem), by);
    }

    public ManagedSystem unlink(SystemName name, SystemRef subsystem, By by) {
        return alone(
                () -> {
                    if (!require(name).definition().subsystems().contains(subsystem)) {
                        throw Refusal.notFound("subsystem of " + name, subsystem.toString());
                    }
                    return edit(
                            name, yaml -> DefinitionWriter.withoutSubsystem(yaml, subsystem), by);
                });
    }

    private ManagedSystem edit(SystemName name, UnaryOperator<String> edit, By by) {
        return alone(
                () -> {
                    refuseOwnedByFolder(require(name));
                    var files = files(name);
                    String yaml = files.text(SystemFiles.SYSTEM).orElseThrow();
                    return replace(name, "", files.with(SystemFiles.SYSTEM, edit.apply(yaml)), by);
                });
    }

    public void delete(SystemName name, By by) {
        alone(
                () -> {
                    var system = require(name);
                    refuseOwnedByFolder(system);
                    if (name.equals(INSTANCE)) {
                        throw Refusal.conflict(
                                "is-instance", "the instance's own system cannot be deleted");
                    }
                    remove(system, by);
                    return name;
                });
    }

    /// One change at a time, from looking at what is there to writing what shall be: of two edits
    /// at once neither may be lost.
    private <T> T alone(Supplier<T> change) {
        changing.lock();
        try {
            return change.get();
        } finally {
            changing.unlock();
        }
    }

    /// Takes over what a scan of the systems folder found: good systems become active, bad ones
    /// keep their last good version, and those whose folder is gone are removed.
    public void applyFolder(Path root, Scan scan) {
        alone(
                () -> {
                    apply(root.toAbsolutePath().normalize(), scan);
                    return scan;
                });
    }

    private void apply(Path root, Scan scan) {
        var wrong = new ArrayList<>(scan.problems());
        scan.systems()
                .forEach(
                        (name, files) ->
                                wrong.addAll(applyFolder(name, root.resolve(name.value()), files)));
        var active =
                all().stream()
                        .filter(s -> s.folder().equals(root.resolve(s.name().value()).toString()))
                        .map(ManagedSystem::name)
                        .toList();
        scan.gone(active).forEach(name -> remove(require(name), By.instance(instanceId)));
        tell(wrong);
        problems = List.copyOf(wrong);
    }

    /// Whoever runs the server sees each problem once, when it appears.
    private void tell(List<FileProblem> wrong) {
        wrong.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(
                        problem ->
                                logger.warn("refused, the last good version stays: {}", problem));
        if (wrong.isEmpty() && !problems.isEmpty()) {
            logger.info("the systems folder is without problems again");
        }
    }

    private List<FileProblem> applyFolder(SystemName name, Path folder, SystemFiles files) {
        var active = find(name);
        if (active.filter(s -> !s.ownedByFolder()).isPresent()) {
            return List.of(
                    new FileProblem(
                            name + "/" + SystemFiles.SYSTEM,
                            1,
                            "file",
                            "there is another system " + name + " already; rename this folder"));
        }
        if (isActive(name, folder.toString(), files)) {
            return List.of();
        }
        var reading = DefinitionReader.read(name, files, context.get());
        if (!reading.problems().isEmpty()) {
            return reading.problems().stream().map(p -> p.in(name.value())).toList();
        }
        try {
            replace(name, folder.toString(), files, By.instance(instanceId));
            return List.of();
        } catch (Refusal e) { // a cycle, which no file alone can show
            if (e.reason() == Refusal.Reason.UNAVAILABLE) {
                throw e; // no fault of the file, which is tried again later
            }
            return List.of(
                    new FileProblem(name + "/" + SystemFiles.SYSTEM, 1, "subsystems", e.text()));
        }
    }

    private static void refuseOwnedByFolder(ManagedSystem system) {
        if (system.ownedByFolder()) {
            throw Refusal.conflict(
                    "owned-by-folder",
                    "system "
                            + system.name()
                            + " is defined in "
                            + system.folder()
                            + ": change its files there");
        }
    }

    private boolean isActive(SystemName name, String folder, SystemFiles files) {
        return find(name).filter(s -> s.folder().equals(folder)).isPresent()
                && files.equals(snapshot.files().get(name));
    }

    private static SystemFiles filesOf(String systemYaml) {
        return SystemFiles.of(Map.of(SystemFiles.SYSTEM, systemYaml)).orRefuse();
    }

    private ManagedSystem replace(SystemName name, String folder, SystemFiles files, By by) {
        return replace(name, folder, files, by, null);
    }

    private ManagedSystem replace(
            SystemName name, String folder, SystemFiles files, By by, @Nullable String because) {
        changing.lock();
        try {
            DefinitionReader.read(name, files, context.get()).orRefuse();
            if (isActive(name, folder, files)) {
                return require(name);
            }
            var before = find(name);
            var known = Optional.ofNullable(snapshot.rows().get(name));
            var created =
                    new Payload.SystemCreated(
                            1, instanceId, name.value(), clock.instant(), nonce());
            var id =
                    known.map(SystemStore.Row::id)
                            .orElseGet(() -> EventBytes.systemId(Json.bytes(created)));
            var row =
                    new SystemStore.Row(
                            name,
                            id,
                            folder,
                            files.texts(),
                            known.map(SystemStore.Row::anchored).orElse(false),
                            false);
            var next = with(row); // refuses a cycle before anything is written
            var after = Optional.ofNullable(next.systems().get(name)).orElseThrow();
            var payload =
                    new Payload.SystemChanged(
                            folder,
                            files.texts(),
                            changedPaths(known, files),
                            row.anchored(),
                            because);
            become(
                    next,
                    tx -> {
                        if (known.isEmpty()) {
                            log.create(tx, created, by);
                        }
                        log.append(tx, id, payload, clock.instant(), by);
                        systems.save(tx, row);
                        before.ifPresent(
                                b ->
                                        listeners.forEach(
                                                l -> l.changing(tx, b, Optional.of(after), by)));
                        return id;
                    });
            return after;
        } finally {
            changing.unlock();
        }
    }

    private void remove(ManagedSystem system, By by) {
        changing.lock();
        try {
            var row = Optional.ofNullable(snapshot.rows().get(system.name())).orElseThrow();
            var gone =
                    new SystemStore.Row(
                            row.name(), row.id(), "", row.files(), row.anchored(), true);
            var next = with(gone);
            become(
                    next,
                    tx -> {
                        var payload = new Payload.SystemDeleted(system.name().value());
                        log.append(tx, system.id(), payload, clock.instant(), by);
                        systems.save(tx, gone);
                        listeners.forEach(l -> l.changing(tx, system, Optional.empty(), by));
                        return row.id();
                    });
        } finally {
            changing.unlock();
        }
    }

    /// Writes, and has memory follow; then listeners are told. Where a commit is in doubt, whoever
    /// asked goes on before it is known, and so may the next change: it is refused when it began
    /// from what is no longer so, and listeners are told when it is known.
    private void become(Snapshot next, Function<Tx, SystemId> unit) {
        var from = snapshot;
        var told = new AtomicBoolean();
        var left = new AtomicBoolean();
        Runnable tell =
                () -> {
                    if (snapshot == next && told.compareAndSet(false, true)) {
                        listeners.forEach(Listener::changed);
                    }
                };
        try {
            store.write(
                    tx -> {
                        if (snapshot != from) {
                            throw Refusal.conflict(
                                    "changed-meanwhile",
                                    "systems were changed at the same time; try again");
                        }
                        tx.afterCommit(
                                () -> {
                                    snapshot = next;
                                    if (left.get()) {
                                        Thread.ofVirtual().name("systems-changed").start(tell);
                                    }
                                });
                        return unit.apply(tx);
                    });
        } finally {
            left.set(true);
            tell.run();
        }
    }

    private Snapshot with(SystemStore.Row row) {
        var rows = new TreeMap<>(snapshot.rows());
        rows.put(row.name(), row);
        return snapshotOf(rows);
    }

    private Snapshot snapshotOf(SortedMap<SystemName, SystemStore.Row> rows) {
        var all = new TreeMap<SystemName, ManagedSystem>();
        var files = new TreeMap<SystemName, SystemFiles>();
        var names = new HashMap<SystemId, SystemName>();
        var unread = new TreeSet<SystemName>();
        var reading = new Together(context.get(), new CheckDocuments(), unread);
        for (var row : rows.values()) {
            names.put(row.id(), row.name());
            if (!row.deleted()) {
                var texts = new SystemFiles(new TreeMap<>(row.files()));
                files.put(row.name(), texts);
                all.put(row.name(), system(row, texts, reading));
            }
        }
        return new Snapshot(all, files, rows, names, unread, SystemGraph.of(all.values()));
    }

    /// What all systems of a snapshot are read with.
    ///
    /// @param unread those that could not be
    private record Together(ReadingContext in, CheckDocuments documents, Set<SystemName> unread) {}

    /// Documents that did not change are not read again: with a thousand systems that would be a
    /// thousand documents per change.
    private ManagedSystem system(SystemStore.Row row, SystemFiles texts, Together reading) {
        var known = find(row.name());
        boolean same = known.isPresent() && row.equals(snapshot.rows().get(row.name()));
        if (same && !snapshot.unread().contains(row.name())) {
            return known.get();
        }
        return new ManagedSystem(
                row.id(),
                row.name(),
                definition(row.name(), texts, reading),
                row.anchored(),
                row.folder());
    }

    /// A document that was accepted once stays active even where a later rule would refuse it.
    private Definition definition(SystemName name, SystemFiles files, Together reading) {
        return switch (DefinitionReader.read(name, files, reading.in(), reading.documents())) {
            case Reading.Good<Definition>(var definition) -> definition;
            case Reading.Bad<Definition>(_) -> {
                reading.unread().add(name);
                yield find(name)
                        .map(ManagedSystem::definition)
                        .orElse(Definition.titled(name.value(), Category.SYSTEM));
            }
        };
    }

    private static List<String> changedPaths(Optional<SystemStore.Row> before, SystemFiles after) {
        var changed = new TreeSet<String>();
        var old = before.map(SystemStore.Row::files).orElse(Map.of());
        after.texts()
                .forEach(
                        (path, text) -> {
                            if (!text.equals(old.get(path))) {
                                changed.add(path);
                            }
                        });
        old.keySet().stream().filter(p -> !after.texts().containsKey(p)).forEach(changed::add);
        return List.copyOf(changed);
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }
}
