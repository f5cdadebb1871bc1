/// The certificate this server shows, and how it is replaced while the server runs.
@NullMarked
package aramaki.server.tls;

import org.jspecify.annotations.NullMarked;
