/// Measurements that are run by hand.
@NullMarked
package aramaki.server.bench;

import org.jspecify.annotations.NullMarked;
