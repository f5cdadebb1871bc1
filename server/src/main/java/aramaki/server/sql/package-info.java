/// The stores in SQL: SQLite now; statements are portable.
@NullMarked
package aramaki.server.sql;

import org.jspecify.annotations.NullMarked;
