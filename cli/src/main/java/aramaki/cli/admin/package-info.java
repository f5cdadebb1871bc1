/// `aramaki admin`: looking after the instance itself.
@NullMarked
package aramaki.cli.admin;

import org.jspecify.annotations.NullMarked;
