/// Events from outside as they are written there: CloudEvents and CDEvents.
@NullMarked
package aramaki.server.timeline.outside;

import org.jspecify.annotations.NullMarked;
