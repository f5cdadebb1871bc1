/// Finding anything by a few letters of its name.
@NullMarked
package aramaki.server.search;

import org.jspecify.annotations.NullMarked;
