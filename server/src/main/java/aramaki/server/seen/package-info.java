/// Up to where each person has looked, and what is new to them since.
@NullMarked
package aramaki.server.seen;

import org.jspecify.annotations.NullMarked;
