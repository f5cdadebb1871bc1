package aramaki.server.web.view;

import java.util.List;

/// All systems as a tree, every layer open.
///
/// @param hint what to do while there is no system: one sentence
public record SystemsView(Frame frame, Filter filter, List<TreeNode> roots, String hint) {
    public SystemsView {
        roots = List.copyOf(roots);
    }
}
