/// `aramaki alert`: problems with a life.
@NullMarked
package aramaki.cli.alert;

import org.jspecify.annotations.NullMarked;
