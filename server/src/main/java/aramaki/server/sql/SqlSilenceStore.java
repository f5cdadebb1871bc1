package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.server.alert.SilenceStore;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Silences in one table.
public final class SqlSilenceStore implements SilenceStore {
    private static final String SELECT =
            "select silence, system, title, matchers, mine, starts_ms, expires_ms, reason, owner,"
                    + " owner_name, added_ms, warned, ended_ms, hid from silence ";

    @Override
    public void save(Tx tx, Silence silence) {
        handle(tx)
                .createUpdate(
                        """
                        insert into silence (silence, system, title, matchers, mine, starts_ms,
                            expires_ms, reason, owner, owner_name, added_ms, warned, ended_ms, hid)
                        values (:silence, :system, :title, :matchers, :mine, :starts,
                            :expires, :reason, :owner, :name, :added, :warned, :ended, :hid)
                        on conflict (silence) do update set warned = excluded.warned,
                            ended_ms = excluded.ended_ms, hid = excluded.hid
                        """)
                .bind("silence", silence.id())
                .bind("system", silence.about().orElse(Systems.INSTANCE).value())
                .bind("title", silence.title())
                .bind(
                        "matchers",
                        Json.text(silence.matchers().stream().map(Matcher::toString).toList()))
                .bind("mine", silence.mine() ? 1 : 0)
                .bind("starts", silence.starts().toEpochMilli())
                .bind("expires", silence.expires().toEpochMilli())
                .bind("reason", silence.reason())
                .bind("owner", silence.owner())
                .bind("name", silence.name())
                .bind("added", silence.added().toEpochMilli())
                .bind("warned", silence.warned() ? 1 : 0)
                .bind("ended", silence.ended().map(Instant::toEpochMilli).orElse(0L))
                .bind("hid", silence.hid())
                .execute();
    }

    @Override
    public Optional<Silence> find(Tx tx, String id) {
        return handle(tx)
                .createQuery(SELECT + "where silence = :silence")
                .bind("silence", id)
                .map((rs, _) -> silence(rs))
                .findOne();
    }

    @Override
    public List<Silence> open(Tx tx) {
        return handle(tx)
                .createQuery(SELECT + "where ended_ms = 0 order by expires_ms, silence")
                .map((rs, _) -> silence(rs))
                .list();
    }

    @Override
    public List<Silence> ended(Tx tx, int limit) {
        return handle(tx)
                .createQuery(
                        SELECT + "where ended_ms > 0 order by ended_ms desc, silence limit :limit")
                .bind("limit", limit)
                .map((rs, _) -> silence(rs))
                .list();
    }

    private static Silence silence(ResultSet rs) throws SQLException {
        return new Silence(
                rs.getString("silence"),
                Optional.of(new SystemName(rs.getString("system")))
                        .filter(s -> !s.equals(Systems.INSTANCE)),
                rs.getString("title"),
                Stream.of(Json.read(rs.getString("matchers"), String[].class))
                        .map(Matcher::parse)
                        .toList(),
                rs.getInt("mine") == 1,
                Instant.ofEpochMilli(rs.getLong("starts_ms")),
                Instant.ofEpochMilli(rs.getLong("expires_ms")),
                rs.getString("reason"),
                rs.getString("owner"),
                rs.getString("owner_name"),
                Instant.ofEpochMilli(rs.getLong("added_ms")),
                rs.getInt("warned") == 1,
                Columns.instant(rs.getLong("ended_ms")),
                rs.getInt("hid"));
    }
}
