/// Sign-in at an organisation's own provider, by OpenID Connect: the code flow, and who of whom we
/// know is whom there.
@NullMarked
package aramaki.server.oidc;

import org.jspecify.annotations.NullMarked;
