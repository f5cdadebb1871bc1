/// The programs that are shipped: `aramaki` with its server, and how it starts on a fresh machine.
@NullMarked
package aramaki.dist;

import org.jspecify.annotations.NullMarked;
