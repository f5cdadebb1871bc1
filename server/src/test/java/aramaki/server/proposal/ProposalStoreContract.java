package aramaki.server.proposal;

import static aramaki.server.store.Look.list;
import static aramaki.server.store.Look.maybe;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.server.proposal.ProposalStore.Left;
import aramaki.server.proposal.ProposalStore.Row;
import aramaki.server.proposal.ProposalStore.Told;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of proposals promises.
public abstract class ProposalStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir protected Path folder;
    private ProposalStore proposals;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        proposals = backend.proposals();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatAnAgentToldComesBackWhole() {
        var told = new Told("v1", NOON, 2, "its name is no name of a check");
        write(tx -> proposals.replace(tx, "a_1", told, List.of(row("a_1", "b"), row("a_1", "a"))));
        write(tx -> proposals.replace(tx, "a_2", told, List.of(row("a_2", "a"))));

        assertThat(list(store, proposals::all))
                .containsExactly(row("a_1", "a"), row("a_1", "b"), row("a_2", "a"));
        assertThat(list(store, tx -> proposals.ofAgent(tx, "a_2")))
                .containsExactly(row("a_2", "a"));
        assertThat(maybe(store, tx -> proposals.told(tx, "a_1"))).contains(told);
        assertThat(maybe(store, tx -> proposals.told(tx, "a_3"))).isEmpty();
    }

    @Test
    void tellingAgainReplacesEverythingOfThatAgentAlone() {
        var told = new Told("v1", NOON, 0, "");
        write(tx -> proposals.replace(tx, "a_1", told, List.of(row("a_1", "a"), row("a_1", "b"))));
        write(tx -> proposals.replace(tx, "a_2", told, List.of(row("a_2", "a"))));
        var again = new Told("v2", NOON.plusSeconds(1), 0, "");

        write(tx -> proposals.replace(tx, "a_1", again, List.of(row("a_1", "c"))));

        assertThat(list(store, proposals::all)).containsExactly(row("a_1", "c"), row("a_2", "a"));
        assertThat(maybe(store, tx -> proposals.told(tx, "a_1"))).contains(again);
    }

    @Test
    void leavingAgainReplacesTheEvidence() {
        var first = new Left("a_1", "port:80", "e1", "person", NOON);
        var second = new Left("a_1", "port:80", "e2", "person", NOON.plusSeconds(1));
        write(tx -> proposals.leave(tx, first));
        assertThat(list(store, proposals::left)).containsExactly(first);

        write(tx -> proposals.leave(tx, second));

        assertThat(list(store, proposals::left)).containsExactly(second);
    }

    private void write(Consumer<Tx> work) {
        store.write(
                tx -> {
                    work.accept(tx);
                    return 0;
                });
    }

    private static Row row(String agent, String id) {
        return new Row(
                agent,
                NOON,
                new Proposed(
                        id,
                        "nginx-80",
                        "nginx — «Läden»",
                        "why",
                        "evidence",
                        null,
                        "http",
                        Map.of("url", "http://127.0.0.1/"),
                        30_000,
                        "ok",
                        null));
    }
}
