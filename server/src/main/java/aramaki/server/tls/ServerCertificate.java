package aramaki.server.tls;

import aramaki.protocol.tls.PemFile;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A certificate with those that lead to its authority, and the key that belongs to it.
///
/// @param chain the server's own first
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /// Refuses what no browser or agent could use.
    static ServerCertificate of(PemFile certificates, PemFile keys) {
        var chain = certificates.certificates();
        var own = chain.getFirst();
        for (int i = 1; i < chain.size(); i++) {
            var below = chain.get(i - 1);
            if (!below.getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw PemFile.bad(
                        certificates.file(),
                        "is out of order: number "
                                + (i + 1)
                                + " did not sign number "
                                + i
                                + "; put the server's own certificate first, then who signed it, and"
                                + " so on");
            }
        }
        var key = keys.key(own.getPublicKey().getAlgorithm());
        if (!belongs(key, own)) {
            throw PemFile.bad(
                    keys.file(),
                    "is the key of another certificate than the first in " + certificates.file());
        }
        return new ServerCertificate(List.copyOf(chain), key);
    }

    /// A name by which this server can be reached, when it is one name.
    Optional<String> name() {
        return names(DNS)
                .filter(name -> !name.startsWith("*"))
                .or(() -> names(ADDRESS).map(a -> a.contains(":") ? "[" + a + "]" : a));
    }

    Instant from() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    /// When the first of the chain is no longer good.
    Instant until() {
        return chain.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private Optional<String> names(int kind) {
        try {
            return Optional.ofNullable(chain.getFirst().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(entry -> entry.getFirst().equals(kind))
                    .map(entry -> String.valueOf(entry.get(1)))
                    .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty(); // one without a usable name
        }
    }

    /// What the one signs, the other verifies.
    private static boolean belongs(PrivateKey key, X509Certificate own) {
        String algorithm =
                switch (own.getPublicKey().getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> own.getPublicKey().getAlgorithm();
                };
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            byte[] words = own.getSignature();
            signing.update(words);
            byte[] signed = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(own.getPublicKey());
            verifying.update(words);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
