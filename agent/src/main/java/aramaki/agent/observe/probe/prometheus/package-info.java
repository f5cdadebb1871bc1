/// Prometheus' text format: reading it, and choosing from it.
@NullMarked
package aramaki.agent.observe.probe.prometheus;

import org.jspecify.annotations.NullMarked;
