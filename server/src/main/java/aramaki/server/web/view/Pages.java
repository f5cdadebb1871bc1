package aramaki.server.web.view;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/// Every page, rendered from its view.
public final class Pages {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "aramaki.server.pages");

    public String home(HomeView view) {
        return render("home.jte", view);
    }

    public String systems(SystemsView view) {
        return render("systems.jte", view);
    }

    public String system(SystemView view) {
        return render("system.jte", view);
    }

    public String check(CheckView view) {
        return render("check.jte", view);
    }

    public String alerts(AlertsView view) {
        return render("alerts.jte", view);
    }

    public String grants(GrantsView view) {
        return render("grants.jte", view);
    }

    public String silences(SilencesView view) {
        return render("silences.jte", view);
    }

    public String timeline(TimelineView view) {
        return render("timeline.jte", view);
    }

    public String event(EventView view) {
        return render("event.jte", view);
    }

    public String agents(AgentsView view) {
        return render("agents.jte", view);
    }

    public String proposals(ProposalsView view) {
        return render("proposals.jte", view);
    }

    public String doctor(DoctorView view) {
        return render("doctor.jte", view);
    }

    public String search(SearchView view) {
        return render("search.jte", view);
    }

    /// What was found, alone, for the palette.
    public String options(SearchView view) {
        return render("options.jte", view);
    }

    public String signIn(SignInView view) {
        return render("signin.jte", view);
    }

    public String leaving(LeavingView view) {
        return render("leaving.jte", view);
    }

    public String stepUp(StepUpView view) {
        return render("stepup.jte", view);
    }

    public String join(JoinView view) {
        return render("join.jte", view);
    }

    public String people(PeopleView view) {
        return render("people.jte", view);
    }

    public String person(PersonView view) {
        return render("person.jte", view);
    }

    public String account(AccountView view) {
        return render("account.jte", view);
    }

    public String audit(AuditView view) {
        return render("audit.jte", view);
    }

    public String refused(RefusedView view) {
        return render("refused.jte", view);
    }

    private String render(String template, Object view) {
        var page = new StringOutput(16 * 1024);
        engine.render(template, view, new VisibleOutput(page));
        // The lines above a template's first tag are its parameters.
        return page.toString().stripLeading();
    }

    /// Writes what others said escaped, and with nothing hidden in it.
    private static final class VisibleOutput extends OwaspHtmlTemplateOutput {
        VisibleOutput(StringOutput page) {
            super(page);
        }

        @Override
        public void writeUserContent(String value) {
            // Generated code may pass null for an absent attribute; that is the parent's business.
            super.writeUserContent(value == null ? value : Text.visible(value));
        }
    }
}
