package aramaki.server.passkey;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.access.Passkey;
import aramaki.server.access.PasskeyStore;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventLog;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AttestationConveyancePreference;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.InvalidSignatureCountException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How people sign in by a key that their device holds: it is made for one name of this server,
/// opens by finger, face or PIN, and needs no name to be typed.
public final class Passkeys {
    private static final Logger logger = LoggerFactory.getLogger(Passkeys.class);
    private static final long TIMEOUT_MILLIS = Ceremonies.VALID.toMillis();
    private static final int MOST = 50;

    private final Store store;
    private final PasskeyStore passkeys;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final InstantSource clock;
    private final Ceremonies ceremonies;

    /// What a browser needs to go on.
    ///
    /// @param ceremony to finish it by
    /// @param options for `navigator.credentials`
    public record Begun(String ceremony, JsonNode options) {}

    public Passkeys(
            Store store,
            PasskeyStore passkeys,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock) {
        this.store = store;
        this.passkeys = passkeys;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.clock = clock;
        this.ceremonies = new Ceremonies(clock);
    }

    public List<Passkey> of(String person) {
        return store.read(tx -> passkeys.of(tx, person));
    }

    /// Begins to sign somebody in, whoever it is.
    public Begun beginSignIn(Site site) {
        return begin(site, "", StartAssertionOptions.builder());
    }

    /// Begins to ask somebody who is signed in whether they are there.
    public Begun beginProof(Site site, String person) {
        return begin(site, person, StartAssertionOptions.builder().username(person));
    }

    private Begun begin(
            Site site, String whose, StartAssertionOptions.StartAssertionOptionsBuilder wanted) {
        var request =
                relyingParty(site)
                        .startAssertion(
                                wanted.userVerification(UserVerificationRequirement.REQUIRED)
                                        .timeout(TIMEOUT_MILLIS)
                                        .build());
        try {
            return new Begun(
                    ceremonies.begin(whose, site, request),
                    options(request.toCredentialsGetJson()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing the options of a passkey", e);
        }
    }

    private static JsonNode options(String json) {
        return Json.tree(json.getBytes(StandardCharsets.UTF_8)).path("publicKey");
    }

    /// Whose passkey answered; its count and its last use are noted.
    ///
    /// @param whose the person it must be, as it was begun; empty for anybody
    public Passkey finish(Site site, String whose, String ceremony, JsonNode credential) {
        var begun = ceremonies.take(ceremony, site);
        if (!begun.whose().equals(whose)
                || !(begun.request() instanceof AssertionRequest request)) {
            throw refused();
        }
        var result = verified(site, request, credential);
        String id = Base64Url.encode(result.getCredential().getCredentialId().getBytes());
        if (!result.isSuccess()) {
            throw refused();
        }
        return store.write(
                tx -> {
                    var passkey = passkeys.find(tx, id).orElseThrow(Passkeys::refused);
                    if (!whose.isEmpty() && !passkey.person().equals(whose)) {
                        throw refused();
                    }
                    passkeys.used(tx, id, clock.instant(), result.getSignatureCount());
                    return passkey;
                });
    }

    private AssertionResult verified(Site site, AssertionRequest request, JsonNode credential) {
        try {
            return relyingParty(site)
                    .finishAssertion(
                            FinishAssertionOptions.builder()
                                    .request(request)
                                    .response(
                                            PublicKeyCredential.parseAssertionResponseJson(
                                                    Json.text(credential)))
                                    .build());
        } catch (InvalidSignatureCountException e) {
            logger.atWarn()
                    .addKeyValue("passkey", Base64Url.encode(e.getCredentialId().getBytes()))
                    .log("a passkey's count went back: it may have been copied");
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "passkey-copied",
                    "this passkey was used less often than it said before, so that there may be a"
                            + " copy of it: remove it, and add the device again");
        } catch (AssertionFailedException | IOException | IllegalArgumentException e) {
            logger.atDebug().setCause(e).log("a passkey was refused");
            throw refused();
        }
    }

    private static Refusal refused() {
        return new Refusal(
                Refusal.Reason.UNAUTHENTICATED,
                "passkey-refused",
                "this passkey does not fit: it is not known here, or was made for another name");
    }

    /// Begins to add a passkey for this person.
    ///
    /// @param title how the device shows whose it is
    public Begun beginAdding(Site site, String person, String name, String title) {
        var options =
                relyingParty(site)
                        .startRegistration(
                                StartRegistrationOptions.builder()
                                        .user(
                                                UserIdentity.builder()
                                                        .name(name)
                                                        .displayName(title.isEmpty() ? name : title)
                                                        .id(KnownPasskeys.handle(person))
                                                        .build())
                                        .authenticatorSelection(
                                                AuthenticatorSelectionCriteria.builder()
                                                        .residentKey(
                                                                ResidentKeyRequirement.REQUIRED)
                                                        .userVerification(
                                                                UserVerificationRequirement
                                                                        .REQUIRED)
                                                        .build())
                                        .timeout(TIMEOUT_MILLIS)
                                        .build());
        // The library looks for others of this person by the name, which here is not the id.
        var request =
                options.toBuilder()
                        .excludeCredentials(
                                new KnownPasskeys(store, passkeys, site)
                                        .getCredentialIdsForUsername(person))
                        .build();
        try {
            return new Begun(
                    ceremonies.begin(person, site, request),
                    options(request.toCredentialsCreateJson()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing the options of a passkey", e);
        }
    }

    /// Whose passkey a ceremony makes, and that passkey; it counts once it is added.
    public Passkey made(Site site, String ceremony, JsonNode credential, String label) {
        Access.requireLabel("passkey", label);
        var begun = ceremonies.take(ceremony, site);
        if (!(begun.request() instanceof PublicKeyCredentialCreationOptions request)) {
            throw refused();
        }
        try {
            var result =
                    relyingParty(site)
                            .finishRegistration(
                                    FinishRegistrationOptions.builder()
                                            .request(request)
                                            .response(
                                                    PublicKeyCredential
                                                            .parseRegistrationResponseJson(
                                                                    Json.text(credential)))
                                            .build());
            return new Passkey(
                    Base64Url.encode(result.getKeyId().getId().getBytes()),
                    begun.whose(),
                    label.strip(),
                    site.host(),
                    Base64Url.encode(result.getPublicKeyCose().getBytes()),
                    clock.instant(),
                    Instant.EPOCH,
                    result.getSignatureCount());
        } catch (RegistrationFailedException | IOException | IllegalArgumentException e) {
            logger.atDebug().setCause(e).log("a new passkey was refused");
            throw Refusal.invalid(
                    "passkey-refused", "that did not make a passkey we can use: try again");
        }
    }

    public void add(Tx tx, Caller person, Passkey passkey) {
        if (!passkey.person().equals(person.person())) {
            throw refused();
        }
        if (passkeys.of(tx, person.person()).size() >= MOST) {
            throw Refusal.conflict(
                    "too-many-passkeys", "you have 50 passkeys: remove one of them first");
        }
        if (passkeys.find(tx, passkey.id()).isPresent()) {
            throw Refusal.conflict("passkey-known", "this passkey is here already");
        }
        passkeys.add(tx, passkey);
        var said =
                new Payload.PasskeyAdded(
                        person.person(),
                        person.name(),
                        passkey.id(),
                        passkey.label(),
                        passkey.host(),
                        passkey.publicKey());
        log.append(tx, instanceSystem.get(), said, passkey.addedAt(), person.by());
    }

    public void add(Caller person, Passkey passkey) {
        store.write(
                tx -> {
                    add(tx, person, passkey);
                    return true;
                });
    }

    public void remove(Caller by, Caller person, String id) {
        store.write(
                tx -> {
                    var passkey =
                            passkeys.find(tx, id)
                                    .filter(p -> p.person().equals(person.person()))
                                    .orElseThrow(() -> Refusal.notFound("passkey", id));
                    passkeys.remove(tx, id);
                    var said =
                            new Payload.PasskeyRemoved(
                                    person.person(), person.name(), id, passkey.label());
                    log.append(tx, instanceSystem.get(), said, clock.instant(), by.by());
                    return true;
                });
    }

    private RelyingParty relyingParty(Site site) {
        return RelyingParty.builder()
                .identity(RelyingPartyIdentity.builder().id(site.host()).name("Aramaki").build())
                .credentialRepository(new KnownPasskeys(store, passkeys, site))
                .origins(Optional.of(site.origins()))
                .attestationConveyancePreference(Optional.of(AttestationConveyancePreference.NONE))
                .allowUntrustedAttestation(true)
                .validateSignatureCounter(true)
                .build();
    }
}
