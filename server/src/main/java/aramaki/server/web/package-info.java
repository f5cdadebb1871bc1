/// HTML pages for people.
@NullMarked
package aramaki.server.web;

import org.jspecify.annotations.NullMarked;
