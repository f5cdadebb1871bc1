/// What the command lines of both programs share: help, manual pages and completion, all made from
/// the commands themselves.
@NullMarked
package aramaki.console;

import org.jspecify.annotations.NullMarked;
