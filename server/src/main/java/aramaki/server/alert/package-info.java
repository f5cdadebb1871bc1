/// Alerts as a consumer of the log with a durable cursor.
@NullMarked
package aramaki.server.alert;

import org.jspecify.annotations.NullMarked;
