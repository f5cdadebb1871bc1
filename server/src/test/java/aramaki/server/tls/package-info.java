@NullMarked
package aramaki.server.tls;

import org.jspecify.annotations.NullMarked;
