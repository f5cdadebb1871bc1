/// `aramaki observation`: results, and the way each one took.
@NullMarked
package aramaki.cli.observation;

import org.jspecify.annotations.NullMarked;
