package aramaki.server.web.view;

import java.util.List;

/// One person.
///
/// @param problem why the last thing was not done; may be empty
/// @param self whether it is who looks
/// @param mayManage whether who looks may end what this person has open
public record PersonView(
        Frame frame,
        String problem,
        PersonRow person,
        When since,
        boolean self,
        boolean mayManage,
        boolean disabled,
        List<SessionRow> sessions,
        List<TokenRow> tokens) {
    public PersonView {
        sessions = List.copyOf(sessions);
        tokens = List.copyOf(tokens);
    }
}
