/// Who this instance is: its genesis, its keys and its data directory.
@NullMarked
package aramaki.server.identity;

import org.jspecify.annotations.NullMarked;
