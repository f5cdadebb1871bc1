/// The control plane: one process, wired in one straight line.
@NullMarked
package aramaki.server;

import org.jspecify.annotations.NullMarked;
