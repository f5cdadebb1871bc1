/// What every request passes: one route table, who is asking, and how refusals are answered.
@NullMarked
package aramaki.server.http;

import org.jspecify.annotations.NullMarked;
