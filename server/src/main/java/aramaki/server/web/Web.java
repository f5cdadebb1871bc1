package aramaki.server.web;

import aramaki.server.access.Access;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Silence;
import aramaki.server.alert.AlertStore;
import aramaki.server.doctor.Doctor;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.identity.Identity;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Past;
import aramaki.server.observation.PastStore;
import aramaki.server.observation.Statuses;
import aramaki.server.presence.Presence;
import aramaki.server.proposal.Proposals;
import aramaki.server.search.Search;
import aramaki.server.seen.Seen;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Surroundings;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.RefusedView;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/// The pages.
public final class Web {
    private final Services services;
    private final Notes notes;
    private final Runnable lookAround;
    private final Doctor doctor;
    private final Search search;
    private final Pages pages = new Pages();
    private final Views views;
    private final SignInPage signIn;

    public Web(
            Identity identity,
            Store store,
            Systems systems,
            Agents agents,
            Statuses statuses,
            Silence silence,
            AlertStore alerts,
            ObservationStore observations,
            PastStore past,
            MetricLines lines,
            CheckRuns runs,
            Timeline timeline,
            Surroundings surroundings,
            Notes notes,
            Access access,
            Seen seen,
            Presence presence,
            Search search,
            Sessions sessions,
            Proposals proposals,
            Runnable lookAround,
            Doctor doctor,
            InstantSource clock) {
        this.services =
                new Services(
                        identity,
                        store,
                        systems,
                        agents,
                        statuses,
                        silence,
                        alerts,
                        observations,
                        past,
                        new Past(past),
                        lines,
                        runs,
                        timeline,
                        surroundings,
                        access,
                        seen,
                        presence,
                        proposals,
                        clock,
                        // Pages are rendered for people near this host, whose wall clocks they
                        // compare with; every time also carries its zone.
                        ZoneId.systemDefault());
        this.notes = notes;
        this.lookAround = lookAround;
        this.doctor = doctor;
        this.search = search;
        this.views = new Views(services);
        this.signIn = new SignInPage(access, sessions, views, pages);
    }

    public List<Route> routes() {
        var systems = services.systems();
        var trees = new Trees(systems, views);
        var events = new EventRows(services);
        var eventSearch = new EventSearch(services, events);
        var examined = new DoctorPage(doctor, views, pages);
        var proposals = new ProposalsPage(services, views, pages, lookAround);
        return Stream.of(
                        proposals.routes(),
                        examined.routes(),
                        List.of(
                                new HomePage(
                                                services, views, trees, events, proposals, examined,
                                                pages)
                                        .route(),
                                new SystemsPage(systems, views, trees, pages).route()),
                        new SystemPage(services, notes, views, trees, events, proposals, pages)
                                .routes(),
                        new CheckPage(services, views, trees, pages).routes(),
                        List.of(
                                new AlertsPage(services, views, trees, pages).route(),
                                new TimelinePage(services, views, events, eventSearch, pages)
                                        .route(),
                                new AgentsPage(services, views, pages).route(),
                                new SeenForm(services).route(),
                                new StaticFiles().route()),
                        new EventPage(services, notes, views, events, pages).routes(),
                        new SearchPage(search, views, pages).routes(),
                        signIn.routes())
                .flatMap(List::stream)
                .toList();
    }

    /// How a refusal looks to a person.
    public String errorPage(int status, String code, String message, boolean signedIn) {
        if (status == 401) {
            return signIn.page(code.equals("sign-in-first") ? "" : message);
        }
        String heading = heading(status);
        // What failed may be what the frame would have to ask.
        boolean framed = signedIn && status < 500;
        return pages.refused(
                new RefusedView(
                        framed ? views.anonymous(heading) : views.stranger(heading),
                        status,
                        code,
                        heading,
                        message,
                        "",
                        new Place("Home", "/")));
    }

    private static String heading(int status) {
        return switch (status) {
            case 403 -> "Not allowed";
            case 404 -> "There is no such page";
            case 409 -> "Not as things are";
            case 429 -> "Too much at once";
            case 503 -> "Not now";
            default -> status < 500 ? "That was not understood" : "This broke";
        };
    }
}
