/// `aramaki login` and `aramaki whoami`: the person at the keyboard.
@NullMarked
package aramaki.cli.person;

import org.jspecify.annotations.NullMarked;
