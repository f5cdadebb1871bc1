/// Everything an instance holds, as files: taking it out while the server runs, and putting it
/// back.
@NullMarked
package aramaki.server.backup;

import org.jspecify.annotations.NullMarked;
