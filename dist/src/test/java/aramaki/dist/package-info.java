/// Tests of what is shipped.
@NullMarked
package aramaki.dist;

import org.jspecify.annotations.NullMarked;
