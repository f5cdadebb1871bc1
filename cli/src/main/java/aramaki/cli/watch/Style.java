package aramaki.cli.watch;

import aramaki.cli.output.Sign;

/// How a piece of text looks: at most one colour, and emphasis that needs none.
record Style(String colour, boolean bold, boolean dim, boolean reverse) {
    static final Style PLAIN = new Style("", false, false, false);
    static final Style BOLD = new Style("", true, false, false);
    static final Style DIM = new Style("", false, true, false);
    static final Style REVERSE = new Style("", false, false, true);

    static Style of(Sign sign) {
        return sign == Sign.WAITING ? DIM : new Style(sign.colour(), false, false, false);
    }

    Style bolder() {
        return new Style(colour, true, dim, reverse);
    }

    Style reversed() {
        return new Style(colour, bold, dim, true);
    }

    /// For what may no longer be so: no colour says anything any more.
    Style faded() {
        return new Style("", false, true, reverse);
    }

    Style colourless() {
        return new Style("", bold, dim, reverse);
    }

    /// What a terminal is sent to change to this style from any other.
    String sequence() {
        return "\u001b[0"
                + (bold ? ";1" : "")
                + (dim ? ";2" : "")
                + (reverse ? ";7" : "")
                + "m"
                + colour;
    }
}
