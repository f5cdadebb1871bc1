package aramaki.agent.observe.probe.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Certificates as a server shows them or a file holds them: first the one that counts, behind it
/// those that lead to an authority.
public record Chain(List<X509Certificate> certificates) {
    /// How many names of a certificate are said.
    private static final int NAMES = 5;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    public Chain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a chain holds at least one certificate");
        }
    }

    public static Chain in(Path file) throws IOException {
        return new Chain(Pem.read(file));
    }

    /// Until the first one of the chain ends, in days; below zero when it has.
    public double daysLeft(Instant now) {
        return Duration.between(now, soonest().ends()).toSeconds() / 86400.0;
    }

    /// What it is and until when, in words.
    public String words() {
        return "certificate for "
                + names()
                + ", issuer "
                + leaf().issuer()
                + ", until "
                + DATE.format(leaf().ends());
    }

    public Optional<String> outOfTime(Instant now) {
        for (X509Certificate x509 : certificates) {
            var one = new Certificate(x509);
            String which =
                    x509 == certificates.getFirst()
                            ? ""
                            : "the intermediate " + one.subject() + " ";
            if (one.ends().isBefore(now)) {
                return Optional.of(
                        which + "expired " + ago(one.ends(), now) + ", " + DATE.format(one.ends()));
            }
            if (one.begins().isAfter(now)) {
                return Optional.of(which + "not yet valid: it begins " + DATE.format(one.begins()));
            }
        }
        return Optional.empty();
    }

    /// Which certificate of the chain ends first, where it is not the first.
    public Optional<String> intermediateEndsFirst() {
        return soonest().equals(leaf())
                ? Optional.empty()
                : Optional.of(
                        "the intermediate "
                                + soonest().subject()
                                + " ends earlier, "
                                + DATE.format(soonest().ends()));
    }

    public Optional<String> wrongName(String wanted) {
        return leaf().isFor(wanted)
                ? Optional.empty()
                : Optional.of("wrong name: it is for " + names() + ", not for " + wanted);
    }

    public Optional<String> wrongUse() {
        return leaf().forServers()
                ? Optional.empty()
                : Optional.of("wrong use: it is not meant for servers");
    }

    /// Whether the chain leads to one of these. That something in it is out of time is another
    /// matter, so it is looked at on a day on which most of it was valid.
    public Optional<String> untrusted(List<X509Certificate> anchors, Instant now) {
        X509Certificate first = certificates.getFirst();
        if (anchors.contains(first)) {
            return Optional.empty();
        }
        try {
            var target = new X509CertSelector();
            target.setCertificate(first);
            Set<TrustAnchor> trusted =
                    anchors.stream()
                            .map(anchor -> new TrustAnchor(anchor, null))
                            .collect(Collectors.toSet());
            if (trusted.isEmpty()) {
                return Optional.of("untrusted: this host trusts no authority at all");
            }
            var parameters = new PKIXBuilderParameters(trusted, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(within(now)));
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection", new CollectionCertStoreParameters(certificates)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (CertPathBuilderException e) {
            return Optional.of("untrusted: " + why(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("checking a chain of certificates", e);
        }
    }

    private Instant within(Instant now) {
        Instant latestBegin = now;
        Instant earliestEnd = now;
        for (X509Certificate x509 : certificates) {
            var one = new Certificate(x509);
            latestBegin = one.begins().isAfter(latestBegin) ? one.begins() : latestBegin;
            earliestEnd = one.ends().isBefore(earliestEnd) ? one.ends() : earliestEnd;
        }
        return earliestEnd.isBefore(now) ? earliestEnd : latestBegin;
    }

    private String why(CertPathBuilderException failure) {
        if (leaf().signsItself()) {
            return "it is self-signed";
        }
        var last = new Certificate(certificates.getLast());
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = String.valueOf(cause.getMessage());
        if (!reason.contains("unable to find valid certification path")) {
            return reason;
        }
        return certificates.size() == 1
                ? "its issuer "
                        + leaf().issuer()
                        + " is no trusted authority, and no intermediate was shown"
                : "the chain ends at " + last.issuer() + ", who is no trusted authority";
    }

    private Certificate leaf() {
        return new Certificate(certificates.getFirst());
    }

    private Certificate soonest() {
        var soonest = leaf();
        for (X509Certificate x509 : certificates) {
            var one = new Certificate(x509);
            soonest = one.ends().isBefore(soonest.ends()) ? one : soonest;
        }
        return soonest;
    }

    private String names() {
        var names = new ArrayList<>(leaf().names());
        if (names.isEmpty()) {
            return leaf().subject() + " (it names no host)";
        }
        return String.join(", ", names.subList(0, Math.min(NAMES, names.size())))
                + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
    }

    private static String ago(Instant then, Instant now) {
        long hours = Duration.between(then, now).toHours();
        return hours < 48 ? hours + " h ago" : hours / 24 + " days ago";
    }
}
