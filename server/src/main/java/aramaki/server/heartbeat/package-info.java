/// A sign of life to somebody outside who notices when it does not come.
@NullMarked
package aramaki.server.heartbeat;

import org.jspecify.annotations.NullMarked;
