package aramaki.server.web.view;

import java.util.List;

/// Systems drawn as a graph: what aggregates stands to the left of what it aggregates, and each
/// system stands there once. Lengths are pixels of an SVG.
///
/// @param left how many systems are not drawn, since nobody could read a drawing of more
public record SystemMap(int width, int height, List<Node> nodes, List<String> edges, int left) {
    public static final int NODE_WIDTH = 216;
    public static final int NODE_HEIGHT = 46;

    public SystemMap {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// One system in its place.
    ///
    /// @param says the counts of everything below it in words
    public record Node(int x, int y, Place place, StateBadge state, String says) {}
}
