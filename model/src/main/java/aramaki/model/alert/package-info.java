/// What needs attention, and where that stands.
@NullMarked
package aramaki.model.alert;

import org.jspecify.annotations.NullMarked;
