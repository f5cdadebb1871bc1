package aramaki.server.web.view;

/// How the installation itself is, in one line.
///
/// @param about what it is mostly about: names of examinations; may be empty
public record DoctorLine(StateBadge verdict, String sentence, String about) {}
