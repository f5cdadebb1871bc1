/// Results on disk, in order, until the server has them.
@NullMarked
package aramaki.agent.spool;

import org.jspecify.annotations.NullMarked;
