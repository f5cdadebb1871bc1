package aramaki.server.settings;

import aramaki.model.Refusal;
import aramaki.server.oidc.Organisation;
import aramaki.server.system.files.Mapping;
import aramaki.server.system.files.Value;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the organisations where people may sign in, which stand in the file only.
final class OrganisationsReader {
    private static final String EXAMPLE =
            "[{name: Muster, issuer: \"https://login.example.org\", clientId: aramaki,"
                    + " clientSecretFile: /etc/aramaki/oidc-secret}]";
    private static final int MOST = 20;

    private OrganisationsReader() {}

    static List<Organisation> read(Value value) {
        var items = value.items(EXAMPLE).orElse(List.of());
        if (items.size() > MOST) {
            value.wrong("has " + items.size() + " organisations; write at most " + MOST);
            return List.of();
        }
        var names = new HashSet<String>();
        var issuers = new HashSet<String>();
        return items.stream().flatMap(item -> one(item, names, issuers).stream()).toList();
    }

    private static Optional<Organisation> one(Value item, Set<String> names, Set<String> issuers) {
        var fields = item.mapping(EXAMPLE);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        fields.get().refuseOthers(List.of("name", "issuer", "clientId", "clientSecretFile"));
        var name = field(fields.get(), "name", "Muster");
        var issuer = field(fields.get(), "issuer", "https://login.example.org");
        var client = field(fields.get(), "clientId", "aramaki");
        var secret = field(fields.get(), "clientSecretFile", "/etc/aramaki/oidc-secret");
        if (name.isEmpty() || issuer.isEmpty() || client.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        if (!names.add(name.get()) || !issuers.add(issuer.get())) {
            item.wrong("has the name or the issuer of another one; each has its own");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Organisation.of(name.get(), issuer.get(), client.get(), Path.of(secret.get())));
        } catch (Refusal e) {
            item.wrong(e.text());
            return Optional.empty();
        }
    }

    private static Optional<String> field(Mapping fields, String key, String example) {
        return fields.need(key, example).flatMap(v -> v.text(Value.LINE));
    }
}
