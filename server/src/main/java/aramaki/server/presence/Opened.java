package aramaki.server.presence;

import aramaki.model.Names;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a page shows, as far as others care who has it open: a system, or one of its checks.
public sealed interface Opened {
    SystemName system();

    /// The page's address.
    String path();

    /// A system's own page.
    record OfSystem(SystemName system) implements Opened {
        @Override
        public String path() {
            return "/s/" + system;
        }
    }

    /// A check's page, at one entity where the address names it.
    record OfCheck(SystemName system, CheckName check, Optional<EntityName> entity)
            implements Opened {
        @Override
        public String path() {
            return "/s/"
                    + system
                    + "/checks/"
                    + check
                    + entity.map(e -> "#e-" + e.value()).orElse("");
        }

        /// Without an entity all of them are on the page.
        boolean shows(CheckKey key) {
            return key.system().equals(system)
                    && key.check().equals(check)
                    && entity.map(key.entity()::equals).orElse(true);
        }
    }

    /// Reads a page's address; empty for every page of which nobody needs to know.
    static Optional<Opened> parse(String address) {
        if (address.length() > 400) {
            return Optional.empty();
        }
        var found = Addresses.PAGE.matcher(address);
        if (!found.matches() || !Names.isShortName(found.group("system"))) {
            return Optional.empty();
        }
        var system = new SystemName(found.group("system"));
        var check = Optional.ofNullable(found.group("check"));
        if (check.isEmpty()) {
            return Optional.of(new OfSystem(system));
        }
        return check.filter(Names::isShortName)
                .map(
                        name ->
                                new OfCheck(
                                        system,
                                        new CheckName(name),
                                        Optional.ofNullable(found.group("entity"))
                                                .filter(Names::isShortName)
                                                .map(EntityName::new)));
    }

    /// How the addresses of such pages look.
    final class Addresses {
        private static final Pattern PAGE =
                Pattern.compile(
                        "/s/(?<system>[^/?#]+)(?:/checks/(?<check>[^/?#]+))?(?:\\?[^#]*)?"
                                + "(?:#(?:e-(?<entity>.+)|.*))?");

        private Addresses() {}
    }
}
