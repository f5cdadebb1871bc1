package aramaki.server.web;

import aramaki.server.access.Access;
import aramaki.server.access.Invitations;
import aramaki.server.access.Passwords;
import aramaki.server.access.People;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Silence;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.AlertStory;
import aramaki.server.alert.Inquiry;
import aramaki.server.alert.Silences;
import aramaki.server.api.KnownGrants;
import aramaki.server.api.Wishes;
import aramaki.server.audit.Audit;
import aramaki.server.doctor.Doctor;
import aramaki.server.grant.Grants;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.identity.Identity;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Past;
import aramaki.server.observation.PastStore;
import aramaki.server.observation.Statuses;
import aramaki.server.oidc.Organisations;
import aramaki.server.passkey.Passkeys;
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
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
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
    private final Proving proving;
    private final People people;
    private final Invitations invitations;
    private final Wishes wishes;
    private final GrantsPage grantsPage;
    private final Supplier<URI> url;
    private final Audit audit;
    private final SignInPage signIn;

    public Web(
            Identity identity,
            Store store,
            Systems systems,
            Agents agents,
            Statuses statuses,
            Silence silence,
            AlertStore alerts,
            Acts acts,
            Silences silences,
            Inquiry inquiry,
            AlertStory story,
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
            People people,
            Invitations invitations,
            Passwords passwords,
            Passkeys passkeys,
            Organisations organisations,
            Grants grants,
            KnownGrants known,
            Wishes wishes,
            Supplier<URI> url,
            Audit audit,
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
                        acts,
                        silences,
                        inquiry,
                        story,
                        observations,
                        past,
                        new Past(past),
                        lines,
                        runs,
                        timeline,
                        surroundings,
                        access,
                        grants,
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
        this.proving = new Proving(access, passwords, passkeys, organisations, sessions);
        this.people = people;
        this.invitations = invitations;
        this.wishes = wishes;
        this.grantsPage = new GrantsPage(grants, known, wishes, views, pages);
        this.url = url;
        this.audit = audit;
        this.signIn = new SignInPage(proving, views, pages);
    }

    public List<Route> routes() {
        var systems = services.systems();
        var trees = new Trees(systems, views);
        var events = new EventRows(services);
        var eventSearch = new EventSearch(services, events);
        var examined = new DoctorPage(doctor, views, pages);
        var persons = new PersonRows(proving, audit, views);
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
                        new CheckPage(services, views, trees, events, pages).routes(),
                        List.of(
                                new TimelinePage(services, views, events, eventSearch, pages)
                                        .route(),
                                new AgentsPage(services, views, pages).route(),
                                new SeenForm(services).route(),
                                new AuditPage(services, audit, views, pages).route(),
                                new StaticFiles().route()),
                        new AlertsPage(services, views, trees, pages).routes(),
                        new SilencesPage(services, views, pages).routes(),
                        new EventPage(services, notes, views, events, pages).routes(),
                        new SearchPage(search, views, pages).routes(),
                        new PeoplePage(
                                        proving,
                                        people,
                                        invitations,
                                        wishes,
                                        url,
                                        views,
                                        persons,
                                        pages)
                                .routes(),
                        grantsPage.routes(),
                        new AccountPage(proving, people, views, persons, pages).routes(),
                        new JoinPage(proving, invitations, people, views, pages).routes(),
                        new OrganisationPage(proving, invitations, signIn, views, pages).routes(),
                        signIn.routes())
                .flatMap(List::stream)
                .toList();
    }

    /// How a refusal looks to a person.
    public String errorPage(int status, String code, String message, boolean signedIn) {
        if (status == 401) {
            return signIn.page(code.equals("sign-in-first") ? "" : message, "");
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
