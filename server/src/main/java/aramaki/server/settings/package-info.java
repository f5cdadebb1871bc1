/// What the people who run a server may set, in a file and in the environment.
@NullMarked
package aramaki.server.settings;

import org.jspecify.annotations.NullMarked;
