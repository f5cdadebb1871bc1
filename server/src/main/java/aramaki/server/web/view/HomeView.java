package aramaki.server.web.view;

import java.util.List;

/// The first page: what needs somebody, how the anchor systems stand, what happened last.
///
/// @param systems the anchor systems; what is below them is on the page of systems
/// @param found what agents found and nobody watches yet, a line per host
/// @param doctor how the installation itself is
/// @param hint what to do while there is no system: one sentence
public record HomeView(
        Frame frame,
        List<AlertRow> firing,
        List<TreeNode> systems,
        List<FileProblem> problems,
        List<Day> events,
        String hint,
        List<FoundLine> found,
        DoctorLine doctor) {

    public HomeView {
        firing = List.copyOf(firing);
        systems = List.copyOf(systems);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
        found = List.copyOf(found);
    }
}
