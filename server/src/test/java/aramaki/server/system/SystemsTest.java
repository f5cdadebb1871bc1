package aramaki.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.system.Category;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.system.files.Scan;
import aramaki.server.system.files.SystemsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Systems by hand and from a folder, and what is refused with nothing written.
class SystemsTest {
    private static final SystemName SHOP = new SystemName("shop");
    private static final SystemName STAGE = new SystemName("stage");

    @TempDir private Path folder;
    @TempDir private Path root;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theInstanceIsASystemThatCannotBeDeleted() {
        assertThat(rig.systems.instance().name()).isEqualTo(Systems.INSTANCE);
        assertRefused("is-instance", () -> rig.systems.delete(Systems.INSTANCE, rig.instance));
    }

    @Test
    void aNewSystemIsCreatedOnceAndKeepsItsIdOverARestart() {
        var id = create("shop").id();
        assertRefused("exists", () -> create("shop"));
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(rig.systems.require(SHOP).id()).isEqualTo(id);
        assertThat(rig.happened("shop", Payload.SystemCreated.class)).hasSize(1);
    }

    @Test
    void aCycleIsRefusedAndNothingIsWritten() {
        create("shop");
        create("stage");
        link("shop", "stage");
        int events = rig.all().size();
        var files = rig.systems.files(STAGE);
        assertRefused("cycle", () -> link("stage", "shop"));
        assertThatThrownBy(() -> link("shop", "shop")).isInstanceOf(Refusal.class);
        assertThat(rig.all()).hasSize(events);
        assertThat(rig.systems.files(STAGE)).isEqualTo(files);
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(rig.systems.graph().children(SHOP)).containsExactly(STAGE);
    }

    @Test
    void aBadDocumentIsRefusedAndNothingIsWritten() {
        rig.system("shop", "disk");
        int events = rig.all().size();
        for (String yaml : List.of("title: [", "title: x\nnonsense: 1\n", "")) {
            assertThatThrownBy(
                            () -> rig.systems.put(SHOP, Map.of("system.yaml", yaml), rig.instance))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(rig.all()).hasSize(events);
        assertThat(rig.systems.require(SHOP).definition().checks()).hasSize(1);
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        rig.system("shop", "disk");
        int events = rig.all().size();
        rig.system("shop", "disk");
        assertThat(rig.all()).hasSize(events);
        rig.system("shop", "disk", "load");
        assertThat(rig.happened("shop", Payload.SystemChanged.class).getLast().changed())
                .containsExactly("checks/load.yaml");
    }

    @Test
    void ofTwoEditsAtOnceNoneIsLost() throws Exception {
        create("shop");
        for (int i = 0; i < 8; i++) {
            create("part" + i);
        }
        var edits = new ArrayList<FutureTask<Object>>();
        for (int i = 0; i < 8; i++) {
            String part = "part" + i;
            edits.add(new FutureTask<>(() -> link("shop", part)));
        }
        edits.forEach(Thread::startVirtualThread);
        for (var edit : edits) {
            edit.get();
        }
        assertThat(rig.systems.graph().children(SHOP)).hasSize(8);
    }

    @Test
    void ofTwoThatCreateTheSameOneIsRefused() throws Exception {
        var creating = new ArrayList<FutureTask<Boolean>>();
        for (int i = 0; i < 8; i++) {
            creating.add(
                    new FutureTask<>(
                            () -> {
                                try {
                                    create("shop");
                                    return true;
                                } catch (Refusal e) {
                                    return false;
                                }
                            }));
        }
        creating.forEach(Thread::startVirtualThread);
        int created = 0;
        for (var one : creating) {
            created += one.get() ? 1 : 0;
        }
        assertThat(created).isEqualTo(1);
    }

    @Test
    void aDeletedSystemComesBackWithItsIdAndItsHistory() {
        var id = create("shop").id();
        rig.systems.delete(SHOP, rig.instance);
        assertThat(rig.systems.find(SHOP)).isEmpty();
        assertThat(rig.systems.nameOf(id)).hasValue(SHOP);
        assertRefused("not-found", () -> rig.systems.delete(SHOP, rig.instance));
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(rig.systems.find(SHOP)).isEmpty();
        assertThat(rig.systems.nameOf(id)).hasValue(SHOP);
        assertThat(create("shop").id()).isEqualTo(id);
        assertThat(rig.happened("shop", Payload.SystemCreated.class)).hasSize(1);
        assertThat(rig.happened("shop", Payload.SystemDeleted.class)).hasSize(1);
    }

    @Test
    void aSelectionFindsWhatCarriesItsLabels() {
        rig.document("rack", "title: Rack\nlabels: {kind: storage}\n");
        rig.document("tape", "title: Tape\nlabels: {kind: storage}\n");
        rig.document(
                "dc",
                "title: DC\nlabels: {kind: storage}\nselections: [{name: all-storage, labels: {kind:"
                        + " storage}}]\n");
        var name = new SystemName("all-storage");
        assertThat(rig.systems.selection(name)).isPresent();
        assertThat(rig.systems.graph().children(name))
                .containsExactly(new SystemName("rack"), new SystemName("tape"));
        assertThat(rig.systems.selection(SHOP)).isEmpty();
    }

    @Test
    void anAgentServesWhatItWasInvitedForAndTheWholeFolder() throws Exception {
        rig.system("host", "disk");
        write("shop", "title: Shop\n");
        var agent = rig.agent("web1", "host", "*", "later", "host");
        apply();
        assertThat(served(agent)).containsExactly("host", "shop");
        write("stage", "title: Stage\n");
        rig.system("later", "disk");
        apply();
        assertThat(served(agent)).containsExactly("host", "shop", "stage", "later");
    }

    @Test
    void anInviteWithoutAHomeIsRefused() {
        assertRefused("no-home", () -> rig.agent("web1", "*"));
        assertRefused("no-system", () -> rig.agent("web1"));
        assertRefused("bad-name", () -> rig.agent("web1", "Not A Name"));
    }

    @Test
    void aFolderOwnsItsSystemsAndSaysSo() throws Exception {
        write("shop", "title: Shop\n");
        apply();
        var shop = rig.systems.require(SHOP);
        assertThat(shop.folder()).isEqualTo(root.resolve("shop").toString());
        create("stage");
        for (Runnable edit :
                List.<Runnable>of(
                        () -> link("shop", "stage"),
                        () -> rig.system("shop"),
                        () -> rig.systems.unlink(SHOP, SystemRef.local(STAGE), rig.instance),
                        () -> rig.systems.delete(SHOP, rig.instance))) {
            assertThatThrownBy(edit::run)
                    .isInstanceOf(Refusal.class)
                    .hasMessageMatching("(?s).*(" + shop.folder() + "|no subsystem).*");
        }
        assertThat(rig.systems.require(SHOP)).isEqualTo(shop);
    }

    @Test
    void aBadFileKeepsTheLastGoodVersion() throws Exception {
        write("shop", "title: Shop\n");
        apply();
        write("shop", "title: Shop\nnonsense: 1\n");
        apply();
        assertThat(rig.systems.require(SHOP).definition().title()).isEqualTo("Shop");
        assertThat(rig.systems.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.toString()).contains("shop/system.yaml"));
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(rig.systems.require(SHOP).definition().title()).isEqualTo("Shop");
        write("shop", "title: Laden\n");
        apply();
        assertThat(rig.systems.problems()).isEmpty();
        assertThat(rig.systems.require(SHOP).definition().title()).isEqualTo("Laden");
    }

    @Test
    void aCycleInTheFolderRefusesTheOneThatClosesIt() throws Exception {
        write("shop", "title: Shop\nsubsystems: [stage]\n");
        write("stage", "title: Stage\nsubsystems: [shop]\n");
        apply();
        assertThat(rig.systems.find(SHOP)).isPresent();
        assertThat(rig.systems.find(STAGE)).isEmpty();
        assertThat(rig.systems.problems()).hasSize(1);
    }

    @Test
    void aFolderThatIsGoneRemovesItsSystemAndAVanishedRootRemovesNothing() throws Exception {
        write("shop", "title: Shop\n");
        write("stage", "title: Stage\n");
        apply();
        delete(root.resolve("stage"));
        apply();
        assertThat(rig.systems.find(STAGE)).isEmpty();
        assertThat(rig.systems.find(SHOP)).isPresent();
        delete(root);
        apply();
        assertThat(rig.systems.find(SHOP)).isPresent();
    }

    @Test
    void aFolderDoesNotTakeOverWhatThisInstanceKeeps() throws Exception {
        var mine = create("shop");
        write("shop", "title: Another\n");
        write("instance", "title: Taken over\n");
        apply();
        assertThat(rig.systems.require(SHOP)).isEqualTo(mine);
        assertThat(rig.systems.instance().ownedByFolder()).isFalse();
        assertThat(rig.systems.problems()).hasSize(2);
    }

    @Test
    void aFolderThatMovedTakesItsSystemsAlong(@TempDir Path moved) throws Exception {
        write("shop", "title: Shop\n");
        apply();
        var id = rig.systems.require(SHOP).id();
        Files.createDirectories(moved.resolve("shop"));
        Files.writeString(moved.resolve("shop/system.yaml"), "title: Shop\n");
        rig.systems.applyFolder(moved, new SystemsFolder(moved).scan());
        assertThat(rig.systems.problems()).isEmpty();
        var shop = rig.systems.require(SHOP);
        assertThat(shop.id()).isEqualTo(id);
        assertThat(shop.folder()).isEqualTo(moved.resolve("shop").toString());
    }

    @Test
    void theSameFolderByAnotherPathIsTheSameFolder() throws Exception {
        write("shop", "title: Shop\n");
        apply();
        int events = rig.all().size();
        rig.systems.applyFolder(root.resolve("x").resolve(".."), scan());
        assertThat(rig.all()).hasSize(events);
    }

    private Object link(String system, String subsystem) {
        return rig.systems.link(new SystemName(system), SystemRef.parse(subsystem), rig.instance);
    }

    private aramaki.model.system.ManagedSystem create(String name) {
        return rig.systems.create(
                new SystemName(name),
                name,
                Category.SYSTEM,
                "",
                Labels.NONE,
                List.of(),
                rig.instance);
    }

    private List<String> served(aramaki.server.agent.AgentRecord agent) {
        return rig.systems.servedBy(agent).stream().map(s -> s.name().value()).toList();
    }

    private void write(String system, String yaml) throws IOException {
        var at = Files.createDirectories(root.resolve(system));
        Files.writeString(at.resolve("system.yaml"), yaml);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void apply() {
        rig.systems.applyFolder(root, scan());
    }

    private Scan scan() {
        return new SystemsFolder(root).scan();
    }

    private static void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }
}
