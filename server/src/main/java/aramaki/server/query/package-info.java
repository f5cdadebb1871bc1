/// Filters as people type them, in lists and on the command line.
@NullMarked
package aramaki.server.query;

import org.jspecify.annotations.NullMarked;
