/// Agents as the server knows them: invites, joining, presence and their checks.
@NullMarked
package aramaki.server.agent;

import org.jspecify.annotations.NullMarked;
