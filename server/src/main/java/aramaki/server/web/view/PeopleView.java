package aramaki.server.web.view;

import java.util.List;

/// Everybody.
///
/// @param problem why the last thing was not done; may be empty
/// @param link of an invitation just made; may be empty
/// @param mayInvite whether this person lets others in
public record PeopleView(
        Frame frame,
        String problem,
        String link,
        List<PersonRow> people,
        List<Open> invitations,
        boolean mayInvite) {
    public PeopleView {
        people = List.copyOf(people);
        invitations = List.copyOf(invitations);
    }

    /// An invitation that can be used still.
    ///
    /// @param grants what the person is to be given, a line each
    public record Open(
            String id, String name, String title, String by, List<String> grants, When until) {
        public Open {
            grants = List.copyOf(grants);
        }
    }
}
