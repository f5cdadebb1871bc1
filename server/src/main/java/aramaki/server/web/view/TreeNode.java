package aramaki.server.web.view;

import java.util.List;

/// A system among the systems, with everything below it.
///
/// @param state the worst of every leaf below
/// @param counts every leaf below, each once
/// @param newest the youngest datum below; `oldest` the one we know least about
public record TreeNode(
        Naming naming,
        StateBadge state,
        List<StateCount> counts,
        When newest,
        When oldest,
        List<TreeNode> below) {

    public TreeNode {
        counts = List.copyOf(counts);
        below = List.copyOf(below);
    }

    /// What a system is called.
    ///
    /// @param place its short name and its page
    /// @param category the category's own singular word
    /// @param labels what it carries, each with the systems that carry it too
    /// @param note anything to know about it here: `also below storage`, `at peer hoster`; may be
    ///     empty
    public record Naming(
            Place place, String title, String category, List<Place> labels, String note) {
        public Naming {
            labels = List.copyOf(labels);
        }
    }

    /// The same without what is below it, for pages that show one layer.
    public TreeNode flat() {
        return new TreeNode(naming, state, counts, newest, oldest, List.of());
    }
}
