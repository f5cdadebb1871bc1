package aramaki.protocol.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificate authorities of one's own, which are believed about a server in place of those that
/// the Java runtime knows.
public final class Authorities {
    private Authorities() {}

    /// What a client speaks TLS with that believes nobody but those in the file; refuses, in words,
    /// a file that holds none.
    public static SSLContext only(PemFile file) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate : file.certificates()) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keeping authorities in memory", e);
        }
    }
}
