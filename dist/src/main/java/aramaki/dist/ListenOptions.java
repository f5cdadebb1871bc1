package aramaki.dist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a server is to be reached besides its port on loopback.
final class ListenOptions {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            split = ",",
            description = {
                "Listen there too, with TLS: 192.0.2.7:443, or 0.0.0.0:443 and [::]:443 for all"
                        + " addresses of this host. May be repeated.",
                "This and the following are better set in the file."
            })
    private List<String> listen = List.of();

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description =
                    "The certificate and those that lead to its authority, as PEM. A new one is"
                            + " taken without a restart.")
    private Optional<String> certificate = Optional.empty();

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's key, as PEM (PKCS#8), without a passphrase.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--http-redirect-port",
            paramLabel = "N",
            description = "Lead browsers that come to this port by http on to https.")
    private Optional<String> redirectPort = Optional.empty();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "How people and agents reach this server; by default the name in the"
                            + " certificate.")
    private Optional<String> publicUrl = Optional.empty();

    @Option(
            names = "--behind-proxy",
            paramLabel = "ADDRESS",
            split = ",",
            description = {
                "A reverse proxy, or a network of them such as 127.0.0.1/32, whose X-Forwarded-For"
                        + " and X-Forwarded-Proto are believed. May be repeated."
            })
    private List<String> proxies = List.of();

    /// What was given, by the name of the option.
    Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        certificate.ifPresent(text -> given.put("--tls-certificate", text));
        key.ifPresent(text -> given.put("--tls-key", text));
        redirectPort.ifPresent(text -> given.put("--http-redirect-port", text));
        publicUrl.ifPresent(text -> given.put("--public-url", text));
        if (!listen.isEmpty()) {
            given.put("--listen", String.join(",", listen));
        }
        if (!proxies.isEmpty()) {
            given.put("--behind-proxy", String.join(",", proxies));
        }
        return given;
    }
}
