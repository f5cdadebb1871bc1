package aramaki.agent.observe.probe.tls;

import aramaki.agent.observe.probe.net.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The certificates in a PEM file; keys and whatever else stands there are passed over.
final class Pem {
    private static final int MAX_FILE = 4 * 1024 * 1024;
    private static final int MAX_CERTIFICATES = 1000;
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END");

    private Pem() {}

    /// Nothing of a file that is none is ever said.
    static List<X509Certificate> read(Path file) throws IOException {
        byte[] bytes = RegularFile.read(file, MAX_FILE);
        var certificates = new ArrayList<X509Certificate>();
        var blocks = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (blocks.find() && certificates.size() < MAX_CERTIFICATES) {
            certificates.add(certificate(file, blocks.group(1), certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no PEM certificate");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, String base64, int number)
            throws IOException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IOException(
                    file + ": certificate " + number + " in it cannot be read, it is damaged", e);
        }
    }
}
