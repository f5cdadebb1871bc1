package aramaki.cli.watch;

import aramaki.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One row of the screen, as pieces of styled text.
record Line(List<Piece> pieces) {
    static final Line EMPTY = new Line(List.of());

    record Piece(String text, Style style) {}

    Line {
        pieces = List.copyOf(pieces);
    }

    static Line of(String text, Style style) {
        return new Line(List.of(new Piece(text, style)));
    }

    static Line of(String text) {
        return of(text, Style.PLAIN);
    }

    Line and(String text, Style style) {
        var more = new ArrayList<>(pieces);
        more.add(new Piece(text, style));
        return new Line(more);
    }

    Line and(String text) {
        return and(text, Style.PLAIN);
    }

    Line and(Line other) {
        var more = new ArrayList<>(pieces);
        more.addAll(other.pieces);
        return new Line(more);
    }

    /// Spaces up to this column.
    Line to(int column) {
        int here = width();
        return here < column ? and(" ".repeat(column - here)) : this;
    }

    Line styled(UnaryOperator<Style> change) {
        return new Line(
                pieces.stream().map(p -> new Piece(p.text, change.apply(p.style))).toList());
    }

    int width() {
        return pieces.stream().mapToInt(p -> Plain.width(p.text)).sum();
    }

    String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
