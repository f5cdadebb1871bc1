package aramaki.agent.observe.probe.tls;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The authorities this host trusts: those of its system, else those Java brings along. Kept while
/// memory allows, as there are 140 or so; the lock is this object.
public final class Anchors {
    private static final List<Path> SYSTEM =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                    Path.of("/etc/ssl/cert.pem"));

    private SoftReference<List<X509Certificate>> kept = new SoftReference<>(List.of());
    private FileTime changed = FileTime.fromMillis(0);

    public synchronized List<X509Certificate> ofTheSystem() throws IOException {
        for (Path file : SYSTEM) {
            if (Files.isRegularFile(file)) {
                return bundle(file);
            }
        }
        return ofJava();
    }

    /// Those of a PEM file.
    public static List<X509Certificate> in(Path file) throws IOException {
        return Pem.read(file);
    }

    private List<X509Certificate> bundle(Path file) throws IOException {
        var certificates = kept.get();
        FileTime now = Files.getLastModifiedTime(file);
        if (certificates == null || certificates.isEmpty() || !changed.equals(now)) {
            certificates = Pem.read(file);
            kept = new SoftReference<>(certificates);
            changed = now;
        }
        return certificates;
    }

    private static List<X509Certificate> ofJava() throws IOException {
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IOException("this host has no list of authorities to trust", e);
        }
    }
}
