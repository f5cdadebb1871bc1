/// What a crontab expression means; servers and agents have to agree on it.
@NullMarked
package aramaki.protocol.schedule;

import org.jspecify.annotations.NullMarked;
