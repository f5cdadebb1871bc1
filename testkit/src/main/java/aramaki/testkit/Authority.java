package aramaki.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority in a folder, run with the JDK's own keytool: a root, an intermediate,
/// and the certificates they sign.
public final class Authority {
    private static final String PASSWORD = "changeit";
    private static final List<String> ELLIPTIC =
            List.of("-keyalg", "EC", "-groupname", "secp256r1");
    private final Path folder;

    public Authority(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        pair("root", "CN=Test Root,O=Muster", "-2d", 3650, "-ext", "bc:c");
        export("root");
    }

    public Path root() {
        return folder.resolve("root.pem");
    }

    /// A certificate that the root signed.
    public SSLContext server(String name, String start, int days, String... extensions)
            throws IOException, InterruptedException, GeneralSecurityException {
        return signed("root", name, start, days, extensions);
    }

    /// One that signs itself, with a key of another kind, such as RSA or Ed25519.
    public void ofKind(String name, String algorithm) throws IOException, InterruptedException {
        pair(name, List.of("-keyalg", algorithm), "CN=" + name, "-1d", 30);
    }

    /// One that signs itself.
    public SSLContext selfSigned(String name, String start, int days, String... extensions)
            throws IOException, InterruptedException, GeneralSecurityException {
        pair(name, "CN=" + name, start, days, extensions);
        return context(name, List.of(name));
    }

    /// One that an intermediate signed, which is valid for so long.
    public SSLContext behind(String name, int intermediateDays, boolean shown)
            throws IOException, InterruptedException, GeneralSecurityException {
        String between = name + "-ca";
        pair(between, "CN=Between,O=Muster", "-1d", 30, "-ext", "bc:c");
        sign("root", between, "-1d", intermediateDays, "-ext", "bc:c");
        pair(name, "CN=" + name, "-1d", 30);
        sign(between, name, "-1d", 30, "-ext", "san=dns:localhost");
        return context(name, shown ? List.of(name, between) : List.of(name));
    }

    public Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    /// The key of a certificate, as PKCS#8 in PEM, for its owner only.
    public Path key(String name) throws IOException, GeneralSecurityException {
        var store = store(name);
        byte[] encoded = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        Path file = folder.resolve(name + ".key");
        Files.writeString(
                file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private SSLContext signed(String by, String name, String start, int days, String... extensions)
            throws IOException, InterruptedException, GeneralSecurityException {
        pair(name, "CN=" + name, start, days);
        sign(by, name, start, days, extensions);
        return context(name, List.of(name));
    }

    private void pair(String name, String subject, String start, int days, String... extensions)
            throws IOException, InterruptedException {
        pair(name, ELLIPTIC, subject, start, days, extensions);
    }

    private void pair(
            String name,
            List<String> kind,
            String subject,
            String start,
            int days,
            String... extensions)
            throws IOException, InterruptedException {
        var words =
                new ArrayList<>(
                        List.of(
                                "-genkeypair",
                                "-alias",
                                name,
                                "-dname",
                                subject,
                                "-startdate",
                                start,
                                "-validity",
                                "" + days));
        words.addAll(kind);
        words.addAll(List.of(extensions));
        keytool(name, words);
        export(name);
    }

    private void sign(String by, String name, String start, int days, String... extensions)
            throws IOException, InterruptedException {
        keytool(
                name,
                List.of(
                        "-certreq",
                        "-alias",
                        name,
                        "-file",
                        folder.resolve(name + ".csr").toString()));
        var words =
                new ArrayList<>(
                        List.of(
                                "-gencert",
                                "-alias",
                                by,
                                "-rfc",
                                "-startdate",
                                start,
                                "-validity",
                                "" + days,
                                "-infile",
                                folder.resolve(name + ".csr").toString(),
                                "-outfile",
                                pem(name).toString()));
        words.addAll(List.of(extensions));
        keytool(by, words);
    }

    private void export(String name) throws IOException, InterruptedException {
        keytool(
                name,
                List.of("-exportcert", "-rfc", "-alias", name, "-file", pem(name).toString()));
    }

    private SSLContext context(String name, List<String> chain)
            throws IOException, GeneralSecurityException {
        var store = store(name);
        var certificates = new ArrayList<Certificate>();
        for (String one : chain) {
            try (InputStream stream = Files.newInputStream(pem(one))) {
                certificates.add(
                        CertificateFactory.getInstance("X.509").generateCertificate(stream));
            }
        }
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                name,
                store.getKey(name, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                certificates.toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(stream, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String store, List<String> words)
            throws IOException, InterruptedException {
        var argv = new ArrayList<String>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        argv.addAll(words);
        argv.addAll(
                List.of(
                        "-keystore",
                        folder.resolve(store + ".p12").toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-J-XX:TieredStopAtLevel=1"));
        Process process =
                new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
    }
}
