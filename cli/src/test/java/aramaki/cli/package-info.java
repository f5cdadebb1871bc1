/// What people see when they type, against a real HTTP server with fixed answers.
@NullMarked
package aramaki.cli;

import org.jspecify.annotations.NullMarked;
