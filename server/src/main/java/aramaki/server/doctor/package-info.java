/// What can be wrong with an installation, found out and said in plain words with the cure.
@NullMarked
package aramaki.server.doctor;

import org.jspecify.annotations.NullMarked;
