package aramaki.server.tls;

import aramaki.model.Refusal;
import aramaki.protocol.tls.PemFile;
import aramaki.server.runtime.Task;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this server speaks TLS with. Looks at its two files and takes a new pair when it is a good
/// one; connections that are open stay, and a bad pair leaves the old one in use.
public final class Tls implements Task {
    /// How long after a change of the files the new certificate is shown.
    public static final Duration LOOK = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// A key of its own for each connection, and encryption that is authenticated; nothing else.
    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    };

    /// A key store in memory wants one.
    private static final String PASSWORD = "in memory";

    private final TlsFiles files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final Optional<String> host;
    private byte[] seen;
    private volatile Standing standing;

    /// How the certificate stands.
    ///
    /// @param trouble why the files that lie there now are not in use; empty when they are
    public record Standing(TlsFiles files, Instant from, Instant until, Optional<String> trouble) {}

    private Tls(TlsFiles files, byte[] seen, ServerCertificate first) {
        this.files = files;
        this.seen = seen;
        this.standing = standing(first, Optional.empty());
        this.host = first.name();
    }

    /// Reads the certificate; refuses, in words, one that cannot be used.
    public static Tls open(TlsFiles files) {
        var certificates = PemFile.read(files.certificate());
        var keys = PemFile.read(files.key());
        var first = ServerCertificate.of(certificates, keys);
        var tls = new Tls(files, content(certificates, keys), first);
        tls.factory.setIncludeProtocols(PROTOCOLS);
        tls.factory.setExcludeProtocols();
        tls.factory.setIncludeCipherSuites(SUITES);
        tls.factory.setExcludeCipherSuites();
        tls.factory.setUseCipherSuitesOrder(true);
        tls.factory.setRenegotiationAllowed(false);
        use(tls.factory, first);
        return tls;
    }

    public SslContextFactory.Server factory() {
        return factory;
    }

    public Standing standing() {
        return standing;
    }

    /// A name that the certificate has which was there at the start.
    public Optional<String> host() {
        return host;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Duration run(Instant now) {
        try {
            look(now);
        } catch (Refusal e) {
            if (!standing.trouble().equals(Optional.of(e.text()))) {
                log.atError().addKeyValue("why", e.text()).log("new certificate not taken");
            }
            standing =
                    new Standing(files, standing.from(), standing.until(), Optional.of(e.text()));
        }
        return LOOK;
    }

    private void look(Instant now) {
        var certificates = PemFile.read(files.certificate());
        var keys = PemFile.read(files.key());
        byte[] content = content(certificates, keys);
        if (Arrays.equals(content, seen) && standing.trouble().isEmpty()) {
            return;
        }
        var next = ServerCertificate.of(certificates, keys);
        boolean inUse = Arrays.equals(content, seen);
        if (!inUse && next.until().isBefore(now)) {
            throw PemFile.bad(certificates.file(), "expired at " + next.until());
        }
        if (!inUse) {
            replace(next);
            seen = content;
            log.atInfo().addKeyValue("until", next.until()).log("new certificate in use");
        }
        standing = standing(next, Optional.empty());
    }

    private void replace(ServerCertificate next) {
        try {
            factory.reload(f -> use((SslContextFactory.Server) f, next));
        } catch (Exception e) { // what the library declares
            throw new IllegalStateException("taking the new certificate", e);
        }
    }

    private static void use(SslContextFactory.Server target, ServerCertificate certificate) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    certificate.key(),
                    PASSWORD.toCharArray(),
                    certificate.chain().toArray(X509Certificate[]::new));
            target.setKeyStore(store);
            target.setKeyStorePassword(PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keeping a certificate in memory", e);
        }
    }

    private Standing standing(ServerCertificate certificate, Optional<String> trouble) {
        return new Standing(files, certificate.from(), certificate.until(), trouble);
    }

    private static byte[] content(PemFile certificates, PemFile keys) {
        byte[] both =
                Arrays.copyOf(
                        certificates.content(),
                        certificates.content().length + keys.content().length);
        System.arraycopy(
                keys.content(), 0, both, certificates.content().length, keys.content().length);
        return both;
    }
}
