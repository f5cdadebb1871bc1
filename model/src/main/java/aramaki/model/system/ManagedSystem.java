package aramaki.model.system;

/// A thing we manage: a project, an environment, a service, a host. Named so because
/// `java.lang.System` exists.
///
/// @param anchored a person wants it at the top level even where others aggregate it
/// @param folder where its document lives; empty when this instance's own store owns it
public record ManagedSystem(
        SystemId id, SystemName name, Definition definition, boolean anchored, String folder) {

    public boolean ownedByFolder() {
        return !folder.isEmpty();
    }
}
