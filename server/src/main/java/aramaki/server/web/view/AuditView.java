package aramaki.server.web.view;

import java.util.List;

/// What people did, or what they looked at.
///
/// @param looks whether these are looks
/// @param older where there are more; empty on the last page
/// @param acts the same filter over acts
/// @param others the same filter over looks
public record AuditView(
        Frame frame,
        Filter filter,
        boolean looks,
        List<Row> rows,
        String older,
        String acts,
        String others) {
    public AuditView {
        rows = List.copyOf(rows);
    }

    /// One act or look.
    ///
    /// @param times `12 times`, where looks are told as one; may be empty
    /// @param what happened or was asked for, with where that is
    /// @param asked the request, where an act came by one that is kept; may be empty
    /// @param from the address; empty when it is not known any more
    /// @param credential id of the session or token; may be empty
    /// @param grant by which, with the event that says so
    public record Row(
            When at,
            String times,
            Place who,
            Place what,
            String asked,
            Place system,
            String from,
            String credential,
            Place grant) {}
}
