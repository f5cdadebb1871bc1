/// What people type: `aramaki NOUN VERB`, a client of the HTTP API that prints
/// data on stdout and talks on stderr.
@NullMarked
package aramaki.cli;

import org.jspecify.annotations.NullMarked;
