/// `aramaki silence`: quiet about some alerts, until.
@NullMarked
package aramaki.cli.silence;

import org.jspecify.annotations.NullMarked;
