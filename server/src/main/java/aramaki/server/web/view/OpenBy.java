package aramaki.server.web.view;

/// Somebody who has the same thing open.
///
/// @param since the time of day
/// @param age the same as an age
public record OpenBy(String person, When since, When age) {}
