/// The commands of `aramaki-agent`, and the folder an agent lives in.
@NullMarked
package aramaki.agent;

import org.jspecify.annotations.NullMarked;
