package aramaki.server.access;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventLog;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Everybody who was let in, and whether they still may.
public final class People {
    private static final int REASON = 300;

    private final Store store;
    private final AccessStore people;
    private final Access access;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final InstantSource clock;

    public People(
            Store store,
            AccessStore people,
            Access access,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock) {
        this.store = store;
        this.people = people;
        this.access = access;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.clock = clock;
    }

    /// By name.
    public List<Person> all() {
        return store.read(people::people).stream()
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    public Optional<Person> find(String name) {
        return all().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public Person require(String name) {
        return find(name).orElseThrow(() -> Refusal.notFound("person", name));
    }

    public Optional<Person> byId(String id) {
        return all().stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /// Shuts somebody out: every session, link and token of theirs ends with it.
    public void disable(Caller by, String name, String reason) {
        if (reason.length() > REASON) {
            throw Refusal.invalid("bad-reason", "a reason has at most 300 characters");
        }
        store.write(
                tx -> {
                    var person = of(people.people(tx), name);
                    boolean last =
                            people.people(tx).stream()
                                    .noneMatch(
                                            p ->
                                                    p.owner()
                                                            && !p.disabled()
                                                            && !p.id().equals(person.id()));
                    if (last) {
                        throw Refusal.conflict(
                                "last-owner",
                                name + " is the last owner: nobody could let anybody in again");
                    }
                    if (person.disabled()) {
                        return false;
                    }
                    var said = new Payload.PersonDisabled(person.id(), name, reason.strip());
                    log.append(tx, instanceSystem.get(), said, clock.instant(), by.by());
                    people.disable(tx, person.id(), true);
                    access.endAll(tx, person.id(), by.by());
                    return true;
                });
    }

    /// Somebody may come in again, by the passkeys and the password they had.
    public void enable(Caller by, String name) {
        store.write(
                tx -> {
                    var person = of(people.people(tx), name);
                    if (!person.disabled()) {
                        return false;
                    }
                    var said = new Payload.PersonEnabled(person.id(), name);
                    log.append(tx, instanceSystem.get(), said, clock.instant(), by.by());
                    people.disable(tx, person.id(), false);
                    return true;
                });
    }

    private static Person of(List<Person> all, String name) {
        return all.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("person", name));
    }
}
