/// `aramaki __complete`: names for a shell that completes words.
@NullMarked
package aramaki.cli.complete;

import org.jspecify.annotations.NullMarked;
