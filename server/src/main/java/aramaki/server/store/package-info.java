/// Units of work: how use cases read and write durably without knowing a database.
@NullMarked
package aramaki.server.store;

import org.jspecify.annotations.NullMarked;
