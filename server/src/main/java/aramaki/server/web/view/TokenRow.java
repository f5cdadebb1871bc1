package aramaki.server.web.view;

/// A token that lets a program act for somebody.
///
/// @param from the addresses it was used from lately; may be empty
public record TokenRow(String id, String label, When made, When used, String from, When ends) {}
