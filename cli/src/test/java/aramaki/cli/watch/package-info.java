/// Tests of the live view.
@NullMarked
package aramaki.cli.watch;

import org.jspecify.annotations.NullMarked;
