package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.Refusal;
import aramaki.server.access.AccessStore;
import aramaki.server.access.LinkedIdentityStore;
import aramaki.server.agent.AgentStore;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.SilenceStore;
import aramaki.server.audit.AccessLogStore;
import aramaki.server.observation.MetricStore;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.PastStore;
import aramaki.server.projection.SnapshotStore;
import aramaki.server.projection.Tables;
import aramaki.server.proposal.ProposalStore;
import aramaki.server.seen.SeenStore;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.SystemStore;
import aramaki.server.timeline.EventStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/// A store, counting the statements that readers send to it.
public final class CountingBackend implements Backend {
    private final Backend real;
    private final AtomicLong statements = new AtomicLong();

    public CountingBackend(Path folder) {
        this(new SqliteBackend(folder));
    }

    public CountingBackend(Backend real) {
        this.real = real;
    }

    /// How many statements were read by `work`.
    public long during(Runnable work) {
        long before = statements.get();
        work.run();
        return statements.get() - before;
    }

    @Override
    public Store open() {
        var store = real.open();
        var counting =
                new SqlLogger() {
                    @Override
                    public void logBeforeExecution(StatementContext context) {
                        statements.incrementAndGet();
                    }
                };
        return new Store() {
            @Override
            public <T> T read(Function<Tx, T> work) {
                return store.read(
                        tx -> {
                            handle(tx).getConfig(SqlStatements.class).setSqlLogger(counting);
                            return work.apply(tx);
                        });
            }

            @Override
            public <T> T write(Function<Tx, T> work) {
                return store.write(work);
            }

            @Override
            public Optional<Refusal> trouble() {
                return store.trouble();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    @Override
    public EventStore events() {
        return real.events();
    }

    @Override
    public ObservationStore observations() {
        return real.observations();
    }

    @Override
    public AlertStore alerts() {
        return real.alerts();
    }

    @Override
    public SilenceStore silences() {
        return real.silences();
    }

    @Override
    public AgentStore agents() {
        return real.agents();
    }

    @Override
    public SystemStore systems() {
        return real.systems();
    }

    @Override
    public AccessStore access() {
        return real.access();
    }

    @Override
    public LinkedIdentityStore identities() {
        return real.identities();
    }

    @Override
    public ProposalStore proposals() {
        return real.proposals();
    }

    @Override
    public PastStore past() {
        return real.past();
    }

    @Override
    public MetricStore metrics() {
        return real.metrics();
    }

    @Override
    public Tables tables() {
        return real.tables();
    }

    @Override
    public SnapshotStore snapshots() {
        return real.snapshots();
    }

    @Override
    public SeenStore seen() {
        return real.seen();
    }

    @Override
    public AccessLogStore accessLog() {
        return real.accessLog();
    }
}
