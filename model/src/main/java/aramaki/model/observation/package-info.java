/// What is observed, how, and what was seen: checks, observations, metrics and states.
@NullMarked
package aramaki.model.observation;

import org.jspecify.annotations.NullMarked;
