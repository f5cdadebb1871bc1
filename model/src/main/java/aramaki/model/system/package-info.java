/// Systems and subsystems: what there is, and what is part of what.
@NullMarked
package aramaki.model.system;

import org.jspecify.annotations.NullMarked;
