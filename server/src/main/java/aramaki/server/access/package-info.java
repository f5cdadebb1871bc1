/// Who is asking: people, sessions, tokens and one-time links.
@NullMarked
package aramaki.server.access;

import org.jspecify.annotations.NullMarked;
