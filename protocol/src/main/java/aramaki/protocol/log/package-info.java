/// Events as bytes: header, payload, chain and signed heads.
@NullMarked
package aramaki.protocol.log;

import org.jspecify.annotations.NullMarked;
