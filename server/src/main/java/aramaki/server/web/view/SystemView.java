package aramaki.server.web.view;

import java.util.List;

/// One system: how it stands, what is wrong, which rules hold, what happened.
///
/// @param problems firing alerts of this system and of every layer below
/// @param checks this system's own
/// @param layers what it aggregates; `parents` are the systems that aggregate it
/// @param offers checks that agents propose
/// @param events of the last 24 hours, over all layers
public record SystemView(
        Frame frame,
        Head head,
        List<AlertRow> problems,
        List<CheckRow> checks,
        List<TreeNode> layers,
        Guide guide,
        List<Day> events,
        List<AgentRow> agents,
        List<OfferRow> offers) {

    public SystemView {
        problems = List.copyOf(problems);
        checks = List.copyOf(checks);
        layers = List.copyOf(layers);
        events = List.copyOf(events);
        agents = List.copyOf(agents);
        offers = List.copyOf(offers);
    }

    /// What stands above everything else.
    ///
    /// @param place the system's short name and its page
    /// @param state the worst of every leaf below; `counts` has them all
    /// @param kind its category's word and what it holds: `project · 3 environments`
    /// @param seen the age of the newest datum below
    /// @param about what its document says about it
    public record Head(
            Place place,
            String title,
            StateBadge state,
            List<StateCount> counts,
            String kind,
            When seen,
            About about) {

        public Head {
            counts = List.copyOf(counts);
        }
    }

    /// What a system's document says about it, and where that document lives.
    ///
    /// @param document where to change it: a folder, or the command; empty for a selection
    /// @param problems what is wrong with its files now
    public record About(
            String description,
            List<Place> labels,
            List<Place> parents,
            String document,
            List<FileProblem> problems) {

        public About {
            labels = List.copyOf(labels);
            parents = List.copyOf(parents);
            problems = List.copyOf(problems);
        }
    }

    /// What to know before touching it.
    ///
    /// @param notUsedYet keys and files of the document that this version only keeps
    public record Guide(
            String rules, List<Role> people, List<LinkRow> links, List<String> notUsedYet) {

        public Guide {
            people = List.copyOf(people);
            links = List.copyOf(links);
            notUsedYet = List.copyOf(notUsedYet);
        }

        public boolean isEmpty() {
            return rules.isEmpty() && people.isEmpty() && links.isEmpty();
        }
    }

    /// Who has a role here: `bo, chris (unknown)`.
    public record Role(String role, String people) {}

    /// Where the note form goes to; empty for a selection, which has no document and no log.
    public String notes() {
        return head.about().document().isEmpty() ? "" : head.place().href() + "/notes";
    }

    /// The timeline of this system and everything below, open-ended.
    public String timeline() {
        return "/timeline?q=system:" + head.place().name();
    }
}
