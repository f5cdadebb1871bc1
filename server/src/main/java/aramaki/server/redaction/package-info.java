/// What is taken away from events, by hand or because it is old; their headers stay.
@NullMarked
package aramaki.server.redaction;

import org.jspecify.annotations.NullMarked;
