/// What somebody may see, while their request is answered.
@NullMarked
package aramaki.server.sight;

import org.jspecify.annotations.NullMarked;
