/// `aramaki timeline`: what happened, what is happening, and notes about it.
@NullMarked
package aramaki.cli.timeline;

import org.jspecify.annotations.NullMarked;
