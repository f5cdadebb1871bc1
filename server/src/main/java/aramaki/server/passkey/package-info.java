/// Passkeys: the two ceremonies of WebAuthn, and what we keep of them.
@NullMarked
package aramaki.server.passkey;

import org.jspecify.annotations.NullMarked;
