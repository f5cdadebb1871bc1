/// Who has what open right now: in memory, as long as a page listens.
@NullMarked
package aramaki.server.presence;

import org.jspecify.annotations.NullMarked;
