package aramaki.server.access;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Access`: people, and the hashes of what proves them.
public interface AccessStore {
    /// Begins the id of a token that holds grants.
    String TOKEN_HOLDER = "t_";

    /// What a secret is good for.
    enum Kind {
        /// A one-time sign-in link.
        LINK,
        SESSION,
        TOKEN,
        /// A browser that a person signed in with before; by itself it lets nobody in.
        DEVICE
    }

    /// A secret as we keep it: its hash, and whose it is.
    ///
    /// @param proof how it came about
    /// @param provedAt when its person last showed that they are there
    /// @param ownGrants whether it may do only what grants of its own say; tokens only
    record Credential(
            String secretHash,
            Kind kind,
            String person,
            String label,
            Proof proof,
            Instant createdAt,
            Instant usedAt,
            Instant provedAt,
            Instant expiresAt,
            boolean ownGrants) {
        /// What it is called; says nothing about the secret.
        public String id() {
            return secretHash.substring(0, Math.min(16, secretHash.length()));
        }

        /// Under which its own grants are held.
        public String holder() {
            return ownGrants ? TOKEN_HOLDER + id() : person;
        }

        Credential withHash(String other) {
            return new Credential(
                    other, kind, person, label, proof, createdAt, usedAt, provedAt, expiresAt,
                    ownGrants);
        }

        /// @param at when it is used for that
        /// @param proved when its person showed that they are there
        Credential proved(Proof how, Instant at, Instant proved) {
            return new Credential(
                    secretHash,
                    kind,
                    person,
                    label,
                    how,
                    createdAt,
                    at,
                    proved,
                    expiresAt,
                    ownGrants);
        }
    }

    /// Everybody who was ever let in, those shut out included.
    List<Person> people(Tx tx);

    void addPerson(Tx tx, Person person);

    void disable(Tx tx, String person, boolean disabled);

    /// Notes that something was asked in this person's name.
    void saw(Tx tx, String person, Instant at);

    void add(Tx tx, Credential credential);

    Optional<Credential> find(Tx tx, String secretHash);

    /// All of one person, the youngest first.
    List<Credential> of(Tx tx, String person);

    void touch(Tx tx, String secretHash, Instant usedAt);

    void remove(Tx tx, String secretHash);

    /// What has expired at this moment, and sessions that nobody used since the other.
    List<Credential> over(Tx tx, Instant now, Instant idleSince);
}
