/// Checks that agents propose for what they found on their hosts, until a person accepts or leaves
/// them.
@NullMarked
package aramaki.server.proposal;

import org.jspecify.annotations.NullMarked;
