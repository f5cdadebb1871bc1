/// The stores in SQL, on SQLite and PostgreSQL; statements are the same for both.
@NullMarked
package aramaki.server.sql;

import org.jspecify.annotations.NullMarked;
