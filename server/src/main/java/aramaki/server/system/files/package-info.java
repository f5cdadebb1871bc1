/// A system as files: reading a folder, making a definition of it, watching for changes, and
/// writing small edits back.
@NullMarked
package aramaki.server.system.files;

import org.jspecify.annotations.NullMarked;
