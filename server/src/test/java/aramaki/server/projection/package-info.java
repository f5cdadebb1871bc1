@NullMarked
package aramaki.server.projection;

import org.jspecify.annotations.NullMarked;
