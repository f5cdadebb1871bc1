/// Background tasks and their life; no domain words.
@NullMarked
package aramaki.server.runtime;

import org.jspecify.annotations.NullMarked;
