/// Which keys an instance has, had, and is recovered by: its key log.
@NullMarked
package aramaki.protocol.identity;

import org.jspecify.annotations.NullMarked;
