/// `aramaki person`, and `login` and `whoami`: people, and the one at the keyboard.
@NullMarked
package aramaki.cli.person;

import org.jspecify.annotations.NullMarked;
