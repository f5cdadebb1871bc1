/// `aramaki agent`: the programs on our hosts, and the invites that let them join.
@NullMarked
package aramaki.cli.agent;

import org.jspecify.annotations.NullMarked;
