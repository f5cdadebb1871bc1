/// WebSocket channels.
@NullMarked
package aramaki.server.ws;

import org.jspecify.annotations.NullMarked;
