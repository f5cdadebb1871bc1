/// The noun `grant`: who may do what, until when, and why.
@NullMarked
package aramaki.cli.grant;

import org.jspecify.annotations.NullMarked;
