/// `aramaki entity`: what observations are about.
@NullMarked
package aramaki.cli.entity;

import org.jspecify.annotations.NullMarked;
