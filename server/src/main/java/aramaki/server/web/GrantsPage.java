package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.api.GrantAnswers.Explained;
import aramaki.server.api.GrantAnswers.GrantItem;
import aramaki.server.api.GrantAnswers.NewGrant;
import aramaki.server.api.KnownGrants;
import aramaki.server.api.Wishes;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.GrantsView;
import aramaki.server.web.view.GrantsView.Asked;
import aramaki.server.web.view.GrantsView.Can;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `/grants`: who may do what, until when and why, and taking it away.
final class GrantsPage {
    private static final int ENDED = 20;
    private static final Duration SOON = Duration.ofDays(7);
    private static final String TAKEN_AWAY = "taken away on the page of grants";

    private final Grants grants;
    private final KnownGrants known;
    private final Wishes wishes;
    private final Views views;
    private final Pages pages;

    GrantsPage(Grants grants, KnownGrants known, Wishes wishes, Views views, Pages pages) {
        this.grants = grants;
        this.known = known;
        this.wishes = wishes;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/grants",
                        Need.SOMEONE,
                        "Grants that you hold, gave, or may take away.",
                        e -> show(e, 200, "")),
                Route.form("/grants", Need.SOMEONE, "Gives a grant.", this::give),
                Route.form(
                        "/grants/{grant}/revoke",
                        Need.SOMEONE,
                        "Takes a grant away.",
                        this::revoke),
                Route.form(
                        "/grants/{grant}/invoke",
                        Need.SOMEONE,
                        "Wakes an emergency grant of yours.",
                        this::invoke));
    }

    private void show(Exchange exchange, int status, String problem) {
        var moment = views.moment(exchange);
        var holder = exchange.query("holder");
        var system = exchange.query("system").filter(_ -> exchange.query("verb").isEmpty());
        var all = known.visible(exchange, holder, system.map(SystemName::new)).toList();
        var alive =
                all.stream()
                        .filter(g -> g.alive(moment.now()))
                        .sorted(Comparator.comparing(g -> g.terms().expiresAt()))
                        .limit(Views.MANY)
                        .toList();
        var ended =
                all.stream()
                        .filter(g -> !g.alive(moment.now()))
                        .sorted(Comparator.comparing(GrantsPage::over).reversed())
                        .limit(ENDED)
                        .toList();
        exchange.html(
                status,
                pages.grants(
                        new GrantsView(
                                views.frame(
                                        moment,
                                        "Grants",
                                        Frame.Section.PEOPLE,
                                        command(holder, system)),
                                problem,
                                holder.or(() -> system).orElse(""),
                                rows(exchange, moment, alive),
                                rows(exchange, moment, ended),
                                asked(exchange),
                                mayGive(exchange, moment.now()))));
    }

    private boolean mayGive(Exchange exchange, Instant now) {
        var asker = KnownGrants.asker(exchange);
        return asker.root().isPresent()
                || grants.all().stream()
                        .filter(g -> g.holder().equals(asker.holder()))
                        .anyMatch(g -> g.alive(now) && g.terms().depth() > 0);
    }

    private static Instant over(Grant grant) {
        return grant.ended().orElse(grant.terms().expiresAt());
    }

    private static String command(Optional<String> holder, Optional<String> system) {
        return "aramaki grant list"
                + holder.map(h -> " --holder " + h).orElse("")
                + system.map(s -> " --system " + s).orElse("");
    }

    private List<GrantsView.Row> rows(Exchange exchange, Moment moment, List<Grant> all) {
        var items = known.items(exchange, all);
        return IntStream.range(0, all.size())
                .mapToObj(i -> row(exchange, moment, all.get(i), items.get(i)))
                .toList();
    }

    private GrantsView.Row row(Exchange exchange, Moment moment, Grant grant, GrantItem item) {
        var state = grant.state(moment.now());
        boolean alive = grant.alive(moment.now());
        return new GrantsView.Row(
                item.id(),
                badge(grant, state),
                item.name(),
                Optional.ofNullable(item.role()).orElse(String.join(", ", item.verbs())),
                places(item),
                only(item),
                "by " + item.by() + ": " + item.reason(),
                views.ago(moment, Optional.of(over(grant))),
                alive && soon(grant, moment.now()),
                can(exchange, grant, state, alive));
    }

    private static Can can(Exchange exchange, Grant grant, Grant.State state, boolean alive) {
        boolean own = grant.holder().equals(exchange.signedIn().holder());
        if (state == Grant.State.ASLEEP && own) {
            return Can.INVOKE;
        }
        return alive ? Can.REVOKE : Can.NOTHING;
    }

    /// The last quarter of its time, and a week at most.
    private static boolean soon(Grant grant, Instant now) {
        var terms = grant.terms();
        var quarter = Duration.between(terms.notBefore(), terms.expiresAt()).dividedBy(4);
        var left = Duration.between(now, terms.expiresAt());
        return left.compareTo(quarter.compareTo(SOON) < 0 ? quarter : SOON) < 0;
    }

    private static StateBadge badge(Grant grant, Grant.State state) {
        return switch (state) {
            case ACTIVE -> grant.emergency() ? StateBadge.awake() : StateBadge.inForce();
            case WAITING -> StateBadge.waiting();
            case ASLEEP -> StateBadge.asleep();
            case EXPIRED -> StateBadge.expired();
            case REVOKED -> StateBadge.revoked();
        };
    }

    private static List<Place> places(GrantItem item) {
        var places = new ArrayList<Place>();
        if (item.everything()) {
            places.add(Place.nowhere("every system"));
        }
        item.labels()
                .forEach(
                        (key, value) ->
                                places.add(
                                        Place.nowhere(value.isEmpty() ? key : key + "=" + value)));
        item.systems().forEach(name -> places.add(Views.system(new SystemName(name))));
        return places;
    }

    private static String only(GrantItem item) {
        return Stream.of(
                        item.passkey() ? "with a passkey" : "",
                        item.networks().isEmpty()
                                ? ""
                                : "from " + String.join(", ", item.networks()),
                        item.depth() == 0
                                ? ""
                                : "may be passed on "
                                        + (item.depth() == 1 ? "once" : item.depth() + " times"),
                        item.parent() == null ? "" : "was passed on",
                        item.classes().contains("restricted") ? "reads restricted events" : "")
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private Asked asked(Exchange exchange) {
        var system = exchange.query("system");
        var verb = exchange.query("verb");
        var person = exchange.query("person");
        if (system.isEmpty() || verb.isEmpty()) {
            return new Asked("", Verb.READ.word(), system.orElse(""), false, "");
        }
        var answer = answer(exchange, person, verb.get(), system.get());
        return new Asked(
                person.orElse(""), verb.get(), system.get(), answer.allowed(), answer.sentence());
    }

    private Explained answer(
            Exchange exchange, Optional<String> person, String verb, String system) {
        try {
            return known.explain(exchange, person, Verb.ofWord(verb), system);
        } catch (Refusal e) {
            return new Explained(false, e.text(), null);
        }
    }

    private void give(Exchange exchange) {
        exchange.requireFresh();
        try {
            grants.give(KnownGrants.asker(exchange), wishes.read(wanted(exchange)));
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        back(exchange);
    }

    /// What the form says, for a holder it names or one who is yet to join.
    static NewGrant wanted(Exchange exchange) {
        boolean everything = ticked(exchange, "everything");
        return new NewGrant(
                Optional.of(Proving.field(exchange, "holder").strip())
                        .filter(h -> !h.isEmpty())
                        .orElse(null),
                Proving.field(exchange, "role"),
                null,
                everything,
                words(Proving.field(exchange, "system")),
                labels(words(Proving.field(exchange, "labels"))),
                null,
                ticked(exchange, "passkey"),
                null,
                null,
                null,
                Proving.field(exchange, "length").strip(),
                ticked(exchange, "depth") ? 1 : 0,
                null,
                ticked(exchange, "emergency"),
                Proving.field(exchange, "reason"));
    }

    private static boolean ticked(Exchange exchange, String name) {
        return exchange.context().formParam(name) != null;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+")).filter(w -> !w.isEmpty()).toList();
    }

    private static Map<String, String> labels(List<String> words) {
        return words.stream()
                .map(w -> w.split("=", 2))
                .collect(Collectors.toMap(w -> w[0], w -> w.length > 1 ? w[1] : "", (a, _) -> a));
    }

    private void revoke(Exchange exchange) {
        try {
            grants.revoke(KnownGrants.asker(exchange), known.require(exchange), TAKEN_AWAY);
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        back(exchange);
    }

    private void invoke(Exchange exchange) {
        exchange.requireFresh();
        try {
            grants.invoke(
                    KnownGrants.asker(exchange),
                    known.require(exchange),
                    Proving.field(exchange, "reason"));
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        back(exchange);
    }

    private void refuse(Exchange exchange, Refusal refusal) {
        int status =
                switch (refusal.reason()) {
                    case INVALID -> 400;
                    case FORBIDDEN -> 403;
                    case NOT_FOUND -> 404;
                    case CONFLICT -> 409;
                    default -> throw refusal;
                };
        show(exchange, status, refusal.text());
    }

    private static void back(Exchange exchange) {
        exchange.context().redirect("/grants", HttpStatus.SEE_OTHER);
    }
}
