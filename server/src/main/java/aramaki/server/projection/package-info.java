/// What is folded from the logs and lies in tables: compared with the logs, and put right.
@NullMarked
package aramaki.server.projection;

import org.jspecify.annotations.NullMarked;
