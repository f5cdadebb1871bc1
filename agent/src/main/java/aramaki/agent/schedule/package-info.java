/// When which check runs, decided on the host itself.
@NullMarked
package aramaki.agent.schedule;

import org.jspecify.annotations.NullMarked;
