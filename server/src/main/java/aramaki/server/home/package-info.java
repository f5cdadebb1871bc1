/// What a person finds first: what needs somebody now, and what happened since the last look.
@NullMarked
package aramaki.server.home;

import org.jspecify.annotations.NullMarked;
