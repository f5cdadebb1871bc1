/// Certificates and keys as files, and who is believed about them.
@NullMarked
package aramaki.protocol.tls;

import org.jspecify.annotations.NullMarked;
