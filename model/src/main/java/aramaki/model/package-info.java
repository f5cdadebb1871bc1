/// The words of the domain. Values, sealed states and pure decisions; nothing here knows a clock, a
/// file, a database or a wire.
@NullMarked
package aramaki.model;

import org.jspecify.annotations.NullMarked;
