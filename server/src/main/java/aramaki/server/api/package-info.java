/// JSON over HTTP: one route table, problems, OpenAPI.
@NullMarked
package aramaki.server.api;

import org.jspecify.annotations.NullMarked;
