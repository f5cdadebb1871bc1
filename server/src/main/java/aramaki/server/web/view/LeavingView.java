package aramaki.server.web.view;

/// On the way to an organisation's own sign-in.
///
/// @param organisation what it is called
/// @param provider where one goes
public record LeavingView(Frame frame, String organisation, String provider) {}
