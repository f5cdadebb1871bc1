package aramaki.server.doctor;

import aramaki.server.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Whether browsers and agents will go on taking the certificate that this server shows.
///
/// @param standing of the certificate; empty without TLS
public record CertificateGood(Supplier<Optional<Tls.Standing>> standing) implements Examination {
    static final Duration AHEAD = Duration.ofDays(21);
    static final Duration SOON = Duration.ofDays(3);

    private static final Set<PosixFilePermission> TOO_MANY =
            EnumSet.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public String about() {
        return "The TLS certificate is the one in its files, is good for 21 days more, and nobody else"
                + " can read its key.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var complaints = new ArrayList<Complaint>();
        standing.get()
                .ifPresent(
                        shown -> {
                            shown.trouble().ifPresent(why -> complaints.add(notTaken(shown, why)));
                            time(shown, now).ifPresent(complaints::add);
                            rights(shown.files().key()).ifPresent(complaints::add);
                        });
        return complaints;
    }

    private static Complaint notTaken(Tls.Standing shown, String why) {
        return Complaint.broken(
                "The certificate files changed, and the new ones are not in use: " + why + ".",
                "The one before is still shown, until it expires at " + shown.until() + ".",
                "Put a certificate and its key into "
                        + shown.files().certificate()
                        + " and "
                        + shown.files().key()
                        + "; they are taken within "
                        + Tls.LOOK.toSeconds()
                        + " s, without a restart");
    }

    private static Optional<Complaint> time(Tls.Standing shown, Instant now) {
        String cure = "Renew it, into " + shown.files().certificate() + "; no restart is needed";
        if (now.isBefore(shown.from())) {
            return Optional.of(
                    Complaint.broken(
                            "The certificate is not good before " + shown.from() + ".",
                            "No browser and no agent takes it until then.",
                            "Look at this machine's clock, or have the certificate made anew"));
        }
        var left = Duration.between(now, shown.until());
        if (left.isNegative()) {
            return Optional.of(
                    Complaint.broken(
                            "The certificate expired at " + shown.until() + ".",
                            "No browser and no agent takes it; agents keep their results until one"
                                    + " does.",
                            cure));
        }
        String what =
                "The certificate expires in %d days, at %s."
                        .formatted(left.toDays(), shown.until());
        String why = "From then on no browser and no agent takes it.";
        if (left.compareTo(SOON) < 0) {
            return Optional.of(Complaint.broken(what, why, cure));
        }
        return left.compareTo(AHEAD) < 0
                ? Optional.of(Complaint.advice(what, why, cure))
                : Optional.empty();
    }

    private static Optional<Complaint> rights(Path key) {
        try {
            var rights = EnumSet.copyOf(TOO_MANY);
            rights.retainAll(Files.getPosixFilePermissions(key));
            return rights.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Complaint.broken(
                                    "Others on this machine can read or write " + key + ".",
                                    "Whoever has it can pass for this server.",
                                    "chmod 640 " + key));
        } catch (IOException e) { // not there: said above, as a change of the files
            return Optional.empty();
        }
    }
}
