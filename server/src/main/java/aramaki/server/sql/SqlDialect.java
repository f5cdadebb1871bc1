package aramaki.server.sql;

import org.jdbi.v3.core.Jdbi;

/// What the statements of the ports cannot say the same way in every database: words that they name
/// as `<word>`.
///
/// @param payloadText the payload of an event as text
record SqlDialect(String payloadText) {
    static final SqlDialect SQLITE = new SqlDialect("cast(payload as text)");
    static final SqlDialect POSTGRES = new SqlDialect("convert_from(payload, 'UTF8')");

    Jdbi set(Jdbi jdbi) {
        jdbi.define("payload_text", payloadText);
        return jdbi;
    }
}
