package aramaki.protocol.tls;

import aramaki.model.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// A file of PEM as it was read, and what is in it.
public record PemFile(Path file, byte[] content) {
    private static final int LONGEST = 1 << 20;
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";

    public static PemFile read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw bad(file, "is longer than 1 MiB, which no certificate or key is");
            }
            return new PemFile(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw bad(file, "is not there");
        } catch (IOException e) {
            throw bad(
                    file,
                    "cannot be read; the user "
                            + System.getProperty("user.name")
                            + " must be able to");
        }
    }

    public List<X509Certificate> certificates() {
        var found = new ArrayList<X509Certificate>();
        for (var object : objects()) {
            if (object.getType().equals(CERTIFICATE)) {
                found.add(certificate(object.getContent()));
            }
        }
        if (found.isEmpty()) {
            throw bad(file, "holds no certificate; it must have a -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    /// @param algorithm of the public key it belongs to
    public PrivateKey key(String algorithm) {
        var object =
                objects().stream()
                        .filter(o -> o.getType().endsWith(PKCS8))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        bad(
                                                file,
                                                "holds no key; it must have a -----BEGIN PRIVATE"
                                                        + " KEY-----"));
        if (object.getType().startsWith("ENCRYPTED") || !object.getHeaders().isEmpty()) {
            throw bad(
                    file,
                    "is locked by a passphrase, which nobody could type when the server starts;"
                            + " unlock it with "
                            + converted());
        }
        if (!object.getType().equals(PKCS8)) {
            throw bad(
                    file,
                    "holds a "
                            + object.getType()
                            + ", and not PKCS#8; convert it with "
                            + converted());
        }
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(object.getContent()));
        } catch (GeneralSecurityException e) {
            throw bad(file, "holds no " + algorithm + " key, as the certificate wants");
        }
    }

    private String converted() {
        return "openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW.pem";
    }

    private List<PemObject> objects() {
        var found = new ArrayList<PemObject>();
        try (var reader =
                new PemReader(
                        new InputStreamReader(
                                new ByteArrayInputStream(content), StandardCharsets.US_ASCII))) {
            for (var object = reader.readPemObject();
                    object != null;
                    object = reader.readPemObject()) {
                found.add(object);
            }
        } catch (IOException | RuntimeException e) { // whatever the library makes of nonsense
            throw bad(file, "is not whole: it is no PEM, or cut off");
        }
        return found;
    }

    private X509Certificate certificate(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw bad(file, "holds a certificate that cannot be read");
        }
    }

    /// What is wrong with a file of certificates or keys.
    public static Refusal bad(Path file, String what) {
        return Refusal.invalid("bad-certificate", file + " " + what);
    }
}
