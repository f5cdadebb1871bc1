/// Settings: their places, their order, and what is refused.
@NullMarked
package aramaki.server.settings;

import org.jspecify.annotations.NullMarked;
