package aramaki.server.tls;

import java.nio.file.Path;

/// Where the certificate and its key lie, both as PEM.
///
/// @param certificate the server's own first, then those that lead to the authority
/// @param key PKCS#8, without a passphrase
public record TlsFiles(Path certificate, Path key) {}
