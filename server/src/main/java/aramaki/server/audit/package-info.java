/// Who did what by which grant and from where, out of the logs, and who looked at what, out of an
/// access log that forgets.
@NullMarked
package aramaki.server.audit;

import org.jspecify.annotations.NullMarked;
