package aramaki.agent.observe.probe.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes and keeps whatever certificate a server shows. Probes look and tell; they send nothing
/// that would need an authentic server.
public final class AnyCertificate extends X509ExtendedTrustManager {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private volatile List<X509Certificate> shown = List.of();

    /// What the server showed, its own certificate first; empty before a handshake.
    public List<X509Certificate> shown() {
        return shown;
    }

    /// Begins TLS on a connection, asking for that name.
    public SSLSocket secure(Socket socket, String name, int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            var secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, name, port, true);
            if (!ADDRESS.matcher(name).matches()) {
                ask(secured, name);
            }
            secured.startHandshake();
            return secured;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /// A name that TLS does not know as one, such as with an underscore, is not asked for.
    private static void ask(SSLSocket secured, String name) {
        try {
            var parameters = secured.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            secured.setSSLParameters(parameters);
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        shown = List.of(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
