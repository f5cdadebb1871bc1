package aramaki.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All systems, as a tree with every layer open or as a graph.
///
/// @param map the graph; null when the tree was asked for
/// @param hint what to do while there is no system: one sentence
public record SystemsView(
        Frame frame,
        Filter filter,
        Place asTree,
        Place asGraph,
        List<TreeNode> roots,
        @Nullable SystemMap map,
        String hint) {
    public SystemsView {
        roots = List.copyOf(roots);
    }
}
