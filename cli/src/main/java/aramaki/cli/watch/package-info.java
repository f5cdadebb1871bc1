/// `aramaki watch`: a live view of alerts, systems and the timeline on a terminal.
@NullMarked
package aramaki.cli.watch;

import org.jspecify.annotations.NullMarked;
