/// What was made and what was acknowledged, kept apart from agent and server, and compared with
/// what a server has.
@NullMarked
package aramaki.agent.ledger;

import org.jspecify.annotations.NullMarked;
