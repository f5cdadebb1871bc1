package aramaki.server.web.view;

/// What is wrong with a file of a system, where, and what would be right.
///
/// @param place `FILE:LINE`
/// @param effect what holds meanwhile: `the version of 09:12 stays active`
public record FileProblem(String place, String message, String effect) {}
