/// What crosses a wire or is hashed: strict JSON and short encodings.
@NullMarked
package aramaki.protocol;

import org.jspecify.annotations.NullMarked;
