/// `aramaki token`: what lets programs act for a person.
@NullMarked
package aramaki.cli.token;

import org.jspecify.annotations.NullMarked;
