/// `aramaki audit`: who did what and who looked at what.
@NullMarked
package aramaki.cli.audit;

import org.jspecify.annotations.NullMarked;
