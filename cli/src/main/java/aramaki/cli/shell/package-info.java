/// What every command has at hand, and what every command accepts.
@NullMarked
package aramaki.cli.shell;

import org.jspecify.annotations.NullMarked;
