/// What agents report: taking it in, the latest of each check, and what fell silent.
@NullMarked
package aramaki.server.observation;

import org.jspecify.annotations.NullMarked;
