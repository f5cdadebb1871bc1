/// The server as this client sees it: where it is, who we are there, what it answers.
@NullMarked
package aramaki.cli.api;

import org.jspecify.annotations.NullMarked;
