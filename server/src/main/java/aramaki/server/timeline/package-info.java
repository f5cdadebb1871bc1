/// The logs of all systems: appending, reading, verifying, and who is told of it.
@NullMarked
package aramaki.server.timeline;

import org.jspecify.annotations.NullMarked;
