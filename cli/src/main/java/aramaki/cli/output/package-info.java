/// How data is printed: a table for people, tab-separated lines for programs, JSON for both.
@NullMarked
package aramaki.cli.output;

import org.jspecify.annotations.NullMarked;
