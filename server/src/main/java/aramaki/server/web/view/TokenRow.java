package aramaki.server.web.view;

/// A token that lets a program act for somebody.
public record TokenRow(String id, String label, When made, When used, When ends) {}
