package aramaki.server.web.view;

/// One check on one entity, in a list.
///
/// @param because why the state is no plain result: `agent silent, was ok`; may be empty
/// @param since how long it has been in this state
/// @param seen how old the newest result is
public record CheckRow(
        StateBadge state, Place check, String entity, Said said, When since, When seen) {

    /// What is known about it in words.
    public record Said(String output, String because) {}
}
