/// `aramaki check`: how things are observed.
@NullMarked
package aramaki.cli.check;

import org.jspecify.annotations.NullMarked;
