/// Who may do what: giving, passing on and revoking grants, and the one place that decides.
@NullMarked
package aramaki.server.grant;

import org.jspecify.annotations.NullMarked;
