/// `aramaki system`: the managed things, how they aggregate, and how they stand.
@NullMarked
package aramaki.cli.system;

import org.jspecify.annotations.NullMarked;
