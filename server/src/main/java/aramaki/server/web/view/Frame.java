package aramaki.server.web.view;

import java.util.List;

/// What surrounds every page: where one is, who one is, how to get the same in a terminal.
///
/// @param title of the page, for the browser's tab
/// @param section which entry of the navigation is the current one
/// @param firing how many alerts fire now
/// @param person who is signed in; empty for strangers, who get no navigation
/// @param command the command line that shows the same; may be empty
/// @param asOf when this page was made
/// @param around who else is here, and what is new
/// @param emergencies who holds emergency rights now, a sentence each
public record Frame(
        String title,
        Section section,
        String instance,
        int firing,
        String person,
        String command,
        When asOf,
        Around around,
        List<String> emergencies) {
    public Frame {
        emergencies = List.copyOf(emergencies);
    }

    public Frame(
            String title,
            Section section,
            String instance,
            int firing,
            String person,
            String command,
            When asOf) {
        this(title, section, instance, firing, person, command, asOf, Around.NOTHING, List.of());
    }

    /// The same around a page about one thing.
    public Frame with(Around other) {
        return new Frame(
                title, section, instance, firing, person, command, asOf, other, emergencies);
    }

    /// The same while there are emergencies.
    public Frame during(List<String> others) {
        return new Frame(title, section, instance, firing, person, command, asOf, around, others);
    }

    /// The entries of the navigation.
    public enum Section {
        NONE,
        HOME,
        SYSTEMS,
        ALERTS,
        TIMELINE,
        AGENTS,
        PEOPLE
    }

    /// Around a page for somebody who has not signed in.
    public static Frame stranger(String title, String instance, When asOf) {
        return new Frame(title, Section.NONE, instance, 0, "", "", asOf);
    }

    public boolean signedIn() {
        return !person.isEmpty();
    }

    public boolean in(Section other) {
        return section == other;
    }
}
