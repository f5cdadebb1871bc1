/// What happened, in order, never changed: events and the logs they stand in.
@NullMarked
package aramaki.model.timeline;

import org.jspecify.annotations.NullMarked;
