package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.model.grant.Network;
import aramaki.server.tls.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a server is to be reached besides its port on loopback, and by whom.
///
/// @param addresses to listen on with TLS; loopback also without
/// @param tls the certificate to show
/// @param redirectPort on the same addresses, which leads browsers to https
/// @param publicUrl what people and agents are told to use
/// @param proxies whose word on where a request comes from is believed
public record Listening(
        List<InetSocketAddress> addresses,
        Optional<TlsFiles> tls,
        Optional<Integer> redirectPort,
        Optional<URI> publicUrl,
        List<Network> proxies) {
    /// Only on loopback, and asked by nobody else.
    public static final Listening LOOPBACK =
            new Listening(
                    List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    private static final Pattern ADDRESS =
            Pattern.compile("(?:([0-9.]+)|\\[([0-9A-Fa-f:.]+)]):([0-9]{1,5})");
    private static final int HTTPS = 443;
    private static final int MOST_PORTS = 65_535;

    public Listening {
        addresses = List.copyOf(addresses);
        proxies = List.copyOf(proxies);
    }

    /// `192.0.2.7:443` or `[2001:db8::7]:443`; all of the host's are `0.0.0.0:443` and `[::]:443`.
    public static InetSocketAddress address(String text) {
        var parts = ADDRESS.matcher(text.strip());
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(3));
            String host = Optional.ofNullable(parts.group(1)).orElse(parts.group(2));
            try {
                if (port > 0 && port <= MOST_PORTS) {
                    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
                }
            } catch (IllegalArgumentException e) {
                // Said below, as for every other wrong address.
            }
        }
        throw Refusal.invalid(
                "bad-address",
                "\""
                        + text
                        + "\" is no address to listen on; write an address and a port, such as"
                        + " 192.0.2.7:443, 0.0.0.0:443 or [::]:443");
    }

    /// `https://ops.example.org`, perhaps with a port.
    public static URI publicUrl(String text) {
        try {
            var url = URI.create(text.strip().replaceFirst("/$", ""));
            boolean bare =
                    url.getRawPath() != null
                            && url.getRawPath().isEmpty()
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null
                            && url.getRawUserInfo() == null;
            if ("https".equals(url.getScheme()) && url.getHost() != null && bare) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other wrong address.
        }
        throw Refusal.invalid(
                "bad-public-url",
                "\""
                        + text
                        + "\" is no address for people and agents; write one such as"
                        + " https://ops.example.org, without a path");
    }

    /// Refuses what would send secrets over a network in the clear, and what cannot be.
    ///
    /// @param port on loopback
    public void check(int port) {
        for (var address : addresses) {
            String shown = shown(address);
            if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
                throw Refusal.invalid(
                        "no-tls",
                        "listen "
                                + shown
                                + ": would be heard beyond this machine, without TLS; set"
                                + " tlsCertificate and tlsKey, or leave listen out and put a reverse"
                                + " proxy on this machine in front of 127.0.0.1:"
                                + port);
            }
            boolean both =
                    address.getAddress().isAnyLocalAddress()
                            || address.getAddress().isLoopbackAddress();
            if (both && address.getPort() == port) {
                throw Refusal.invalid(
                        "port-twice",
                        "listen "
                                + shown
                                + ": port "
                                + port
                                + " is the one on loopback already; use another, or move that one"
                                + " with --port");
            }
        }
        if (redirectPort.isPresent() && (tls.isEmpty() || addresses.isEmpty())) {
            throw Refusal.invalid(
                    "no-https",
                    "httpRedirectPort leads to https, and there is none: set listen, tlsCertificate"
                            + " and tlsKey too, or leave it out");
        }
    }

    /// With the address for people and agents, from the certificate where the settings do not say.
    ///
    /// @param host a name that the certificate has
    public Listening named(Optional<String> host) {
        if (publicUrl.isPresent() || tls.isEmpty() || addresses.isEmpty()) {
            return this;
        }
        int port = addresses.getFirst().getPort();
        String at =
                host.orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "no-public-url",
                                        "the certificate has no single name that people and agents"
                                                + " could use: set publicUrl"));
        var url = URI.create("https://" + at + (port == HTTPS ? "" : ":" + port));
        return new Listening(addresses, tls, redirectPort, Optional.of(url), proxies);
    }

    /// As one would write it.
    static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
