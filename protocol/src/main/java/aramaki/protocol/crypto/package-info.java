/// Keys, signatures, envelopes and the identity of an instance.
@NullMarked
package aramaki.protocol.crypto;

import org.jspecify.annotations.NullMarked;
