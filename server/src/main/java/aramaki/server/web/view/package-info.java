/// What each page shows, as finished strings, and the templates that show it. Nothing here knows a
/// store, a request or a clock.
@NullMarked
package aramaki.server.web.view;

import org.jspecify.annotations.NullMarked;
