package aramaki.server.passkey;

import aramaki.protocol.crypto.Base64Url;
import aramaki.server.access.Passkey;
import aramaki.server.access.PasskeyStore;
import aramaki.server.store.Store;
import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Our passkeys as the library asks for them; those made for another name are none. A person's id
/// is their user name and their user handle.
final class KnownPasskeys implements CredentialRepository {
    private final Store store;
    private final PasskeyStore passkeys;
    private final Site site;

    KnownPasskeys(Store store, PasskeyStore passkeys, Site site) {
        this.store = store;
        this.passkeys = passkeys;
        this.site = site;
    }

    static ByteArray handle(String person) {
        return new ByteArray(person.getBytes(StandardCharsets.UTF_8));
    }

    private static String person(ByteArray handle) {
        return new String(handle.getBytes(), StandardCharsets.UTF_8);
    }

    private List<Passkey> of(String person) {
        return store.read(tx -> passkeys.of(tx, person)).stream()
                .filter(p -> p.host().equals(site.host()))
                .toList();
    }

    @Override
    public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
        return of(username).stream()
                .map(
                        p ->
                                PublicKeyCredentialDescriptor.builder()
                                        .id(new ByteArray(Base64Url.decode(p.id())))
                                        .build())
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<ByteArray> getUserHandleForUsername(String username) {
        return Optional.of(handle(username));
    }

    @Override
    public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
        return Optional.of(person(userHandle));
    }

    @Override
    public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
        return find(credentialId)
                .filter(p -> p.host().equals(site.host()))
                .filter(p -> handle(p.person()).equals(userHandle))
                .map(KnownPasskeys::registered);
    }

    @Override
    public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
        return find(credentialId).stream()
                .map(KnownPasskeys::registered)
                .collect(Collectors.toSet());
    }

    private Optional<Passkey> find(ByteArray credentialId) {
        String id = Base64Url.encode(credentialId.getBytes());
        return store.read(tx -> passkeys.find(tx, id));
    }

    private static RegisteredCredential registered(Passkey passkey) {
        return RegisteredCredential.builder()
                .credentialId(new ByteArray(Base64Url.decode(passkey.id())))
                .userHandle(handle(passkey.person()))
                .publicKeyCose(new ByteArray(Base64Url.decode(passkey.publicKey())))
                .signatureCount(passkey.uses())
                .build();
    }
}
