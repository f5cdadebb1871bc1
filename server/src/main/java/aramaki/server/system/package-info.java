/// The systems of this instance: their documents, their graph and their status.
@NullMarked
package aramaki.server.system;

import org.jspecify.annotations.NullMarked;
