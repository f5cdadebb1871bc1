/// Who may do what to which systems, until when: pure words and decisions.
@NullMarked
package aramaki.model.grant;

import org.jspecify.annotations.NullMarked;
