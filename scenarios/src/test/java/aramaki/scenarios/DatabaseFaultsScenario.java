package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.scenarios.Installation.Crowd;
import aramaki.scenarios.Installation.Keeping;
import aramaki.testkit.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that goes away under load: agents keep what they see meanwhile, the server goes on by
/// itself when it is back, and nothing is lost, doubled or without its alert.
class DatabaseFaultsScenario {
    private static final Crowd MANY = new Crowd(10, 10, "1s", "10s", 0.1);

    @TempDir Path folder;

    @AfterEach
    void cure() {
        Postgres.shared().thaw();
        Postgres.shared().readOnly(false);
    }

    @Test
    void aDatabaseThatRestartsFreezesOrTakesNoWritesLosesNothing() throws Exception {
        var postgres = Postgres.shared();
        try (var installation = new Installation(folder, Keeping.POSTGRES, MANY)) {
            installation.serve();
            installation.gather();
            installation.awaitAcked(200);

            postgres.stopImmediately();
            installation.awaitMade(200);
            assertThat(installation.server().alive()).isTrue();
            postgres.start();
            installation.awaitAcked(400);

            postgres.freeze();
            installation.awaitMade(300);
            assertThat(installation.server().alive()).isTrue();
            postgres.thaw();
            installation.awaitAcked(500);

            postgres.readOnly(true);
            installation.awaitMade(200);
            var list = installation.cli("system", "list");
            assertThat(list.exit()).as(list.toString()).isZero();
            postgres.readOnly(false);
            installation.awaitAcked(400);

            postgres.terminateConnections(installation.database().orElseThrow());
            installation.awaitAcked(200);
            installation.agrees();
        }
    }
}
