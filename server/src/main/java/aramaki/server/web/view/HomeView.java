package aramaki.server.web.view;

import java.util.List;
import java.util.Optional;

/// The first page: what needs somebody, what happened since the last look, how the anchor systems
/// stand.
///
/// @param needs the worst first
/// @param more what is not shown of it, in words; empty for nothing
/// @param kept what somebody has or a silence hides, in words; empty for nothing
/// @param quiet how all is, in a sentence, while nothing needs anybody; empty otherwise
/// @param calm whether that is good news
/// @param systems the anchor systems; what is below them is on the page of systems
/// @param found what agents found and nobody watches yet, a line per host
/// @param doctor how the installation itself is
/// @param hint what to do while there is no system: one sentence
public record HomeView(
        Frame frame,
        List<NeedRow> needs,
        String more,
        String kept,
        String quiet,
        boolean calm,
        LatelyView lately,
        List<TreeNode> systems,
        List<FileProblem> problems,
        List<Day> events,
        String hint,
        List<FoundLine> found,
        Optional<DoctorLine> doctor) {

    /// One where nobody has anything.
    public HomeView(
            Frame frame,
            List<NeedRow> needs,
            String more,
            String quiet,
            boolean calm,
            LatelyView lately,
            List<TreeNode> systems,
            List<FileProblem> problems,
            List<Day> events,
            String hint,
            List<FoundLine> found,
            Optional<DoctorLine> doctor) {
        this(
                frame, needs, more, "", quiet, calm, lately, systems, problems, events, hint, found,
                doctor);
    }

    public HomeView {
        needs = List.copyOf(needs);
        systems = List.copyOf(systems);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
        found = List.copyOf(found);
    }
}
