/// Stories over the real programs, as an operator would live them.
@NullMarked
package aramaki.scenarios;

import org.jspecify.annotations.NullMarked;
