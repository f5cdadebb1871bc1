package aramaki.agent.observe.probe.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// One certificate, as an operator thinks of it.
record Certificate(X509Certificate x509) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ANYTHING = "2.5.29.37.0";
    private static final Pattern PART = Pattern.compile("(?:^|[,+])\\s*(CN|O)=((?:\\\\.|[^,+])+)");

    Instant begins() {
        return x509.getNotBefore().toInstant();
    }

    Instant ends() {
        return x509.getNotAfter().toInstant();
    }

    boolean signsItself() {
        return x509.getSubjectX500Principal().equals(x509.getIssuerX500Principal());
    }

    String subject() {
        return person(x509.getSubjectX500Principal().getName());
    }

    String issuer() {
        return person(x509.getIssuerX500Principal().getName());
    }

    /// Host names and addresses it is for, as the CA/Browser rules have it: the common name alone
    /// counts no more.
    List<String> names() {
        var names = new ArrayList<String>();
        try {
            var alternatives =
                    Optional.<Collection<List<?>>>ofNullable(x509.getSubjectAlternativeNames())
                            .orElse(List.of());
            for (List<?> alternative : alternatives) {
                if (alternative.get(0) instanceof Integer type
                        && (type == DNS_NAME || type == IP_ADDRESS)
                        && alternative.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        } catch (CertificateParsingException e) {
            return names;
        }
        return names;
    }

    boolean isFor(String wanted) {
        String host = wanted.endsWith(".") ? wanted.substring(0, wanted.length() - 1) : wanted;
        return names().stream().anyMatch(name -> covers(name, host));
    }

    boolean forServers() {
        try {
            List<String> uses = x509.getExtendedKeyUsage();
            return uses == null || uses.contains(FOR_SERVERS) || uses.contains(FOR_ANYTHING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /// A star stands for exactly one first label.
    private static boolean covers(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        if (pattern.equals(wanted) || sameAddress(pattern, wanted)) {
            return true;
        }
        int dot = wanted.indexOf('.');
        return pattern.startsWith("*.")
                && dot > 0
                && pattern.substring(1).equals(wanted.substring(dot));
    }

    private static boolean sameAddress(String one, String other) {
        try {
            return other.indexOf(':') >= 0
                    && one.indexOf(':') >= 0
                    && InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The common name and organisation, which is how people know an authority.
    private static String person(String distinguishedName) {
        String common = "";
        String organisation = "";
        var parts = PART.matcher(distinguishedName);
        while (parts.find()) {
            String value = parts.group(2).replaceAll("\\\\(.)", "$1");
            if (parts.group(1).equals("CN")) {
                common = common.isEmpty() ? value : common;
            } else {
                organisation = organisation.isEmpty() ? value : organisation;
            }
        }
        if (common.isEmpty() && organisation.isEmpty()) {
            return distinguishedName.isEmpty() ? "nobody" : distinguishedName;
        }
        return common.isEmpty()
                ? organisation
                : organisation.isEmpty() ? common : common + " (" + organisation + ")";
    }
}
