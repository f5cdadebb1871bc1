package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Purpose;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives the instance another key for a purpose, or other recovery keys.
@Command(
        name = "rotate",
        description = {
            "Replace a key of this instance. Its id stays, and agents go on.",
            "Online keys are made by the server. Recovery keys are made here and never leave the"
                    + " folder they are written to; enough of the old ones must be given."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin identity rotate",
            "  aramaki admin identity rotate --purpose fed --data /var/lib/aramaki",
            "  aramaki admin identity rotate --purpose recovery --keys 3 --threshold 2 --out keys"
                    + " --recovery-key recovery-key"
        })
final class AdminIdentityRotate implements Callable<Integer> {
    private static final String RECOVERY = "recovery";

    private final Shell shell;
    private final Optional<Offline> offline;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "log (the default), fed, oidc or recovery.")
    private String purpose = "log";

    @Option(
            names = "--recovery-key",
            paramLabel = "FILE",
            arity = "1..*",
            description = "With recovery: the recovery keys that there are, as many as must agree.")
    private List<Path> recoveryKeys = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "With recovery: the folder to make for the new keys.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "N",
            description = "With recovery: how many new keys; 1 by default.")
    private int keys = 1;

    @Option(
            names = "--threshold",
            paramLabel = "M",
            description = "With recovery: how many of them must agree; 1 by default.")
    private int threshold = 1;

    @Mixin private DataOption data = new DataOption();

    AdminIdentityRotate(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        return purpose.equals(RECOVERY) ? recovery() : online();
    }

    private int online() {
        if (Purpose.ofWord(purpose).isEmpty()) {
            throw Failure.usage(
                    "no key is for " + purpose, "--purpose log, fed, oidc or " + RECOVERY);
        }
        if (out.isPresent() || !recoveryKeys.isEmpty()) {
            throw Failure.usage(
                    "--out and --recovery-key are for new recovery keys",
                    "add --purpose recovery; for an online key that is lost: aramaki admin identity"
                            + " recover");
        }
        var body = Json.mapper().createObjectNode().put("purpose", purpose);
        show(
                data.answer(
                        offline,
                        (able, folder) -> able.renewKey(folder, purpose),
                        () -> shell.api().post(Route.to("instance", "keys"), body)));
        shell.say("take a backup: one from before this brings the old key back");
        return ExitCode.DONE.number();
    }

    private int recovery() {
        var folder =
                out.orElseThrow(
                        () ->
                                Failure.usage(
                                        "new recovery keys need a folder",
                                        "--out DIR --keys 3 --threshold 2 --recovery-key FILE"));
        var old = RecoveryKeyFiles.read(recoveryKeys);
        var log =
                log(
                        data.answer(
                                offline,
                                Offline::keyLog,
                                () -> shell.api().get(Route.to("instance", "key-log"))));
        long valid =
                old.stream()
                        .map(SecretKey::publicKey)
                        .distinct()
                        .filter(log.recovery().keys()::contains)
                        .count();
        if (valid < log.recovery().threshold()) {
            throw Failure.usage(
                    log.recovery().threshold()
                            + " of the recovery keys there are must agree, and "
                            + valid
                            + " were given",
                    "--recovery-key FILE, once for each");
        }
        var fresh = RecoveryKeyFiles.make(folder, keys, threshold, log);
        var entry =
                Json.mapper()
                        .<JsonNode>valueToTree(
                                new KeyLogEntries(log, shell.ages().now(), old)
                                        .recovery(fresh, threshold));
        shell.say("written to " + folder + "; in force once `admin identity show` lists them");
        var body = Json.mapper().createObjectNode().set("entry", entry);
        show(
                data.answer(
                        offline,
                        (able, in) -> able.acceptRecovery(in, entry),
                        () -> shell.api().post(Route.to("instance", "key-log"), body)));
        shell.say(
                "keep the new keys apart, on no machine of this instance, and remove the old ones:"
                        + " they are worth nothing now");
        return ExitCode.DONE.number();
    }

    private static KeyLog log(JsonNode answer) {
        return KeyLog.open(
                Json.convert(answer.path("genesis"), Envelope.class),
                answer.path("entries")
                        .valueStream()
                        .map(entry -> Json.convert(entry, Envelope.class))
                        .toList());
    }

    private void show(JsonNode changed) {
        shell.output()
                .show(
                        changed,
                        List.of(
                                Part.text(changed, "seq"),
                                Part.text(changed, "entry"),
                                Part.text(changed, "signedBy"),
                                Part.time(changed, "at")));
    }
}
