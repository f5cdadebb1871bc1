package aramaki.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.link.Witness;
import aramaki.agent.spool.Limits;
import aramaki.agent.spool.Spool;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Limits LIMITS = new Limits(1 << 20, 1 << 16, 1000);
    private static final InstantSource CLOCK = InstantSource.fixed(Given.NOON);

    @TempDir Path folder;

    @Test
    void whatWasMadeIsOnDiskBeforeAnybodyCanReadIt() throws Exception {
        try (var ledger = open();
                var spool = spool()) {
            var witness = ledger.of("sim-0001", Witness.NONE);
            witness.opened(spool);
            var seen = new ArrayList<String>();
            spool.onDurable(
                    (epoch, results) -> {
                        witness.durable(epoch, results);
                        seen.add(Files.readString(file()));
                        seen.add(spool.read(epoch, 1, 10, 1000).toString());
                    });

            spool.append(result(State.CRITICAL, 1));
            assertThat(spool.flush(Duration.ofSeconds(10))).isTrue();

            assertThat(seen.getFirst())
                    .contains("check 1 simulated load\n")
                    .endsWith(
                            "made 1 1 1 critical "
                                    + Given.NOON.plusSeconds(1).toEpochMilli()
                                    + "\n");
            assertThat(seen.getLast()).startsWith("Nothing");
        }
    }

    @Test
    void aSecondSimulationGoesOnWhereTheFirstWasKilled() throws Exception {
        String epoch;
        try (var ledger = open();
                var spool = spool()) {
            epoch = spool.standing().epoch();
            var witness = follow(ledger, spool);
            spool.append(result(State.OK, 1));
            spool.flush(Duration.ofSeconds(10));
            witness.acknowledged(epoch, 1, List.of());
        }
        tear("made 1 2 1 crit");
        try (var spool = spool()) { // killed before the ledger knew
            spool.append(result(State.WARNING, 2));
            spool.flush(Duration.ofSeconds(10));
        }
        try (var ledger = open();
                var spool = spool()) {
            follow(ledger, spool);
            spool.append(result(State.CRITICAL, 3));
            spool.flush(Duration.ofSeconds(10));
        }

        var book = Book.read(file());
        var pages = book.spool("sim-0001", epoch).orElseThrow();
        assertThat(book.made()).isEqualTo(3);
        assertThat(book.acked()).isEqualTo(1);
        assertThat(book.ttl()).isEqualTo(TTL);
        assertThat(List.of(pages.state(1), pages.state(2), pages.state(3)))
                .containsExactly(State.OK, State.WARNING, State.CRITICAL);
        assertThat(Files.readString(file())).doesNotContain("crit\n");
    }

    @Test
    void aTornLastLineCountsAsNeverWritten() throws Exception {
        Files.writeString(
                file(), "aramaki-ledger 1\nrun 1 5000\ncheck 1 s load\nspool 1 a e\nmade 1 1 1 o");

        assertThat(Book.read(file()).made()).isZero();
    }

    @Test
    void aLineThatIsNoneIsNamed() throws Exception {
        Files.writeString(file(), "aramaki-ledger 1\nrun 1 5000\nmade 1 1 1 rosy 5\n");

        assertThatThrownBy(() -> Book.read(file()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file() + ":3:")
                .hasMessageContaining("rosy");
    }

    @Test
    void twoSimulationsDoNotWriteOneLedger() throws Exception {
        try (var _ = open()) {
            assertThatThrownBy(this::open).hasMessageContaining(file().toString());
        }
    }

    private Witness follow(Ledger ledger, Spool spool) throws IOException {
        var witness = ledger.of("sim-0001", Witness.NONE);
        witness.opened(spool);
        spool.onDurable(witness::durable);
        return witness;
    }

    private void tear(String rest) throws IOException {
        Files.writeString(file(), rest, StandardOpenOption.APPEND);
    }

    private Path file() {
        return folder.resolve("ledger");
    }

    private Ledger open() throws IOException {
        return Ledger.open(file(), TTL, CLOCK);
    }

    private Spool spool() throws IOException {
        return Spool.open(folder.resolve("spool"), LIMITS, CLOCK, new CollectedLog());
    }

    private static Observation result(State state, int second) {
        var at = Given.NOON.plusSeconds(second);
        return new Observation(
                CheckKey.of("simulated", "sim-0001", "load"), state, "", List.of(), at, at, at);
    }
}
