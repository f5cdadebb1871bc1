package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.access.Caller;
import aramaki.server.audit.AccessEntry;
import aramaki.server.audit.Asked;
import aramaki.server.audit.Audit;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.query.Query;
import aramaki.server.sight.Sight;
import aramaki.server.timeline.Sentences;
import aramaki.server.web.view.AuditView;
import aramaki.server.web.view.AuditView.Row;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/audit`: who did what and who looked at what, by which grant and from where.
final class AuditPage {
    private static final int PAGE = 100;
    private static final String LOOKS = "looks";
    private static final Set<String> KEYS = Set.of("kind", "person", "system", "since", "until");
    private static final Set<String> KINDS = Set.of("acts", LOOKS);

    private final Services services;
    private final Audit audit;
    private final Views views;
    private final Pages pages;

    AuditPage(Services services, Audit audit, Views views, Pages pages) {
        this.services = services;
        this.audit = audit;
        this.views = views;
        this.pages = pages;
    }

    Route route() {
        return Route.page(
                "/audit",
                Need.onInstance(Verb.ADMIN),
                "Who did what and who looked at what.",
                this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var people =
                services.access().people().stream()
                        .collect(Collectors.toMap(Caller::person, Caller::name));
        var query = parse(exchange.query("q").orElse(""), people);
        var filter = filter(query, moment, people);
        boolean looks = query.wanted("kind").contains(LOOKS);
        long before = before(exchange);
        var rows = new ArrayList<Row>();
        var older = OptionalLong.empty();
        if (filter.isPresent() && looks) {
            var page = audit.looks(filter.get(), before, PAGE);
            page.items().forEach(entry -> rows.add(look(moment, people, entry)));
            older = page.next();
        } else if (filter.isPresent()) {
            var page = audit.acts(filter.get(), before, PAGE);
            page.items().forEach(act -> rows.add(act(moment, people, act)));
            older = page.next();
        }
        String found =
                looks
                        ? Views.count(rows.size(), "look", "looks")
                        : Views.count(rows.size(), "act", "acts");
        exchange.html(
                200,
                pages.audit(
                        new AuditView(
                                views.frame(moment, "Audit", Frame.Section.PEOPLE, command(query)),
                                new Filter(query.text(), query.says(found), examples()),
                                looks,
                                rows,
                                older.isEmpty()
                                        ? ""
                                        : href(query.text()) + "&before=" + older.getAsLong(),
                                href(without(query)),
                                href(("kind:looks " + without(query)).strip()))));
    }

    private Query parse(String text, Map<String, String> people) {
        var names = people.values().stream().sorted().toList();
        return Query.parse(text, KEYS)
                .known("kind", KINDS, KINDS::contains)
                .known("person", names.stream().limit(10).toList(), names::contains)
                .known("system", seen().limit(10).toList(), name -> seen().anyMatch(name::equals));
    }

    private Stream<String> seen() {
        var sight = Sight.current();
        return services.systems().all().stream()
                .map(s -> s.name())
                .filter(sight::sees)
                .map(SystemName::value);
    }

    /// Empty when nothing can be found.
    private Optional<Audit.Filter> filter(Query query, Moment moment, Map<String, String> people) {
        var person =
                query.wanted("person").stream()
                        .findFirst()
                        .flatMap(
                                name ->
                                        people.entrySet().stream()
                                                .filter(p -> p.getValue().equals(name))
                                                .map(Map.Entry::getKey)
                                                .findFirst());
        var system =
                query.wanted("system").stream()
                        .filter(name -> seen().anyMatch(name::equals))
                        .findFirst()
                        .map(SystemName::new);
        boolean nothing =
                query.has("person") && person.isEmpty() || query.has("system") && system.isEmpty();
        return nothing
                ? Optional.empty()
                : Optional.of(
                        new Audit.Filter(
                                person,
                                system,
                                query.moment("since", moment.now(), services.zone()),
                                query.moment("until", moment.now(), services.zone())));
    }

    private static long before(Exchange exchange) {
        return exchange.query("before").map(AuditPage::position).orElse(Long.MAX_VALUE);
    }

    private static long position(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.invalid("bad-cursor", "before must come from a link `Older`");
        }
        return Long.parseLong(text);
    }

    private Row act(Moment moment, Map<String, String> people, Audit.Act act) {
        var event = act.event();
        var header = event.header();
        var asked = act.request().map(AccessEntry::asked);
        return new Row(
                views.ago(moment, Optional.of(header.at())),
                "",
                who(people, header.actor()),
                new Place(Views.line(Sentences.of(event)), "/events/" + event.hash().hex()),
                asked.map(a -> a.method() + " " + a.path()).orElse(""),
                services.systems()
                        .nameOf(header.log().system())
                        .map(Views::system)
                        .orElse(Place.nowhere(header.log().system().value())),
                asked.map(Asked::address).orElse(""),
                asked.map(Asked::credential).orElse(""),
                grant(header.grant()));
    }

    private Row look(Moment moment, Map<String, String> people, AccessEntry entry) {
        var asked = entry.asked();
        boolean page =
                asked.method() == Asked.Method.GET
                        && asked.status() == 200
                        && !asked.path().startsWith("/api/");
        String path = path(asked);
        return new Row(
                views.ago(moment, Optional.of(entry.until())),
                entry.times() == 1 ? "" : entry.times() + " times",
                who(people, asked.person()),
                new Place(
                        (asked.method() + " " + path).replaceFirst("^GET ", ""), page ? path : ""),
                asked.status() < 400 ? "" : "refused: " + asked.status(),
                entry.system().isEmpty()
                        ? Place.nowhere("")
                        : Views.system(new SystemName(entry.system())),
                asked.address(),
                asked.credential(),
                grant(asked.grant()));
    }

    private static String path(Asked asked) {
        String path = asked.path();
        for (var parameter : asked.parameters().entrySet()) {
            path =
                    path.replace(
                            "{" + parameter.getKey() + "}", Views.parameter(parameter.getValue()));
        }
        return path;
    }

    private static Place who(Map<String, String> people, String person) {
        return Optional.ofNullable(people.get(person))
                .map(name -> new Place(name, "/people/" + name))
                .orElse(Place.nowhere(person));
    }

    private static Place grant(Optional<Hash> grant) {
        return grant.map(Hash::hex)
                .map(hash -> new Place(hash.substring(0, 8), "/events/" + hash))
                .orElse(Place.nowhere(""));
    }

    private static String without(Query query) {
        return query.terms().stream()
                .filter(t -> !t.key().equals("kind") && !t.key().equals(Query.FREE))
                .map(t -> t.key() + ":" + t.value())
                .collect(Collectors.joining(" "));
    }

    private static String href(String query) {
        return "/audit?q=" + Views.parameter(query);
    }

    private static List<Place> examples() {
        return Stream.of("kind:looks", "kind:looks since:1h", "since:7d")
                .map(q -> new Place(q, href(q)))
                .toList();
    }

    private static String command(Query query) {
        return Stream.of("kind", "person", "system", "since")
                .flatMap(
                        key ->
                                query.wanted(key).stream()
                                        .filter(Names::isShortName)
                                        .limit(1)
                                        .map(value -> " --" + key + " " + value))
                .collect(Collectors.joining("", "aramaki audit list", ""));
    }
}
