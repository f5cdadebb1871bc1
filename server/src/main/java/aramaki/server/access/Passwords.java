package aramaki.server.access;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventLog;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The second choice beside passkeys: passwords, and the recovery codes for the day when nothing
/// else is at hand.
public final class Passwords {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 200;
    private static final int CODES = 10;
    private static final int CODE_BYTES = 10;
    private static final Pattern CODE = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");

    private final Store store;
    private final AccessStore people;
    private final SecretStore stored;
    private final Access access;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final InstantSource clock;
    private final Secrets secrets = new Secrets();
    private final PasswordHash hash = new PasswordHash();
    private final SignInLimits limits;

    /// Somebody who says a name and a password.
    ///
    /// @param address where they ask from
    /// @param device the secret of a browser that is remembered
    public record Try(String name, String password, String address, Optional<String> device) {}

    /// Who it was, and by what.
    public record Proved(String person, Proof proof) {}

    public Passwords(
            Store store,
            AccessStore people,
            SecretStore stored,
            Access access,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock) {
        this.store = store;
        this.people = people;
        this.stored = stored;
        this.access = access;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.clock = clock;
        this.limits = new SignInLimits(clock);
    }

    public boolean has(String person) {
        return store.read(tx -> stored.password(tx, person)).isPresent();
    }

    public int codesLeft(String person) {
        return store.read(tx -> stored.countCodes(tx, person));
    }

    /// A name and a password or recovery code. Whether the name, the password or both are wrong is
    /// told neither by words nor by time.
    public Proved prove(Try said) {
        var person =
                store.read(people::people).stream()
                        .filter(p -> p.name().equals(said.name()) && !p.disabled())
                        .findFirst();
        // Somebody else who guesses makes neither another address nor a known browser wait.
        boolean known =
                person.isPresent()
                        && said.device()
                                .filter(d -> access.remembers(person.get().id(), d))
                                .isPresent();
        String account = "name " + Secrets.hash(said.name()); // of any length
        String from = "address " + network(said.address());
        String browser = "browser " + Secrets.hash(said.device().orElse(""));
        String[] keys = known ? new String[] {browser} : new String[] {account, from};
        limits.begin(keys);
        String typed = said.password().strip().toLowerCase(Locale.ROOT);
        boolean code =
                CODE.matcher(typed).matches()
                        && person.filter(p -> useCode(p.id(), typed)).isPresent();
        boolean fits = !code && fits(person.map(Person::id), said.password());
        if (!code && !fits) {
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "sign-in-failed",
                    "this name and this password or code do not go together");
        }
        // Who signs in between guesses at others does not begin anew with those.
        limits.forgive(known ? browser : account);
        if (!known) {
            limits.takeBack(from);
        }
        return new Proved(person.orElseThrow().id(), code ? Proof.CODE : Proof.PASSWORD);
    }

    private boolean fits(Optional<String> person, String password) {
        return person.flatMap(p -> store.read(tx -> stored.password(tx, p)))
                .map(form -> hash.fits(password, form))
                .orElseGet(() -> hash.fitsNobody(password));
    }

    private boolean useCode(String person, String code) {
        return store.write(tx -> stored.useCode(tx, person, Secrets.hash(code)));
    }

    /// Neighbours of one IPv6 network count as one.
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return Arrays.toString(bytes.length > 4 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }

    public void set(Caller person, String password) {
        String form = made(person.name(), password);
        store.write(
                tx -> {
                    set(tx, person, form);
                    return true;
                });
    }

    /// The hash of a password that is good enough; it takes a while, so not in a unit of work.
    public String made(String name, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Refusal.invalid(
                    "bad-password",
                    "a password has 12 to 200 characters; a sentence is easier to remember");
        }
        if (password.toLowerCase(Locale.ROOT).contains(name)
                || password.chars().distinct().count() < 5) {
            throw Refusal.invalid(
                    "bad-password", "this password is among the first that somebody would guess");
        }
        return hash.of(password);
    }

    public void set(Tx tx, Caller person, String form) {
        var now = clock.instant();
        stored.setPassword(tx, person.person(), form, now);
        var said = new Payload.PasswordSet(person.person(), person.name());
        log.append(tx, instanceSystem.get(), said, now, person.by());
    }

    public void remove(Caller person) {
        store.write(
                tx -> {
                    if (stored.password(tx, person.person()).isEmpty()) {
                        return false;
                    }
                    stored.removePassword(tx, person.person());
                    var said = new Payload.PasswordRemoved(person.person(), person.name());
                    log.append(tx, instanceSystem.get(), said, clock.instant(), person.by());
                    return true;
                });
    }

    /// Ten codes, each good for one sign-in; those of before are good no longer.
    public List<String> newCodes(Caller person) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < CODES; i++) {
            codes.add(secrets.word(CODE_BYTES).replaceAll("(.{4})(?=.)", "$1-"));
        }
        var now = clock.instant();
        return store.write(
                tx -> {
                    var hashes = codes.stream().map(Secrets::hash).toList();
                    stored.setCodes(tx, person.person(), hashes, now);
                    var said = new Payload.CodesMade(person.person(), person.name(), CODES);
                    log.append(tx, instanceSystem.get(), said, now, person.by());
                    return List.copyOf(codes);
                });
    }
}
