package aramaki.server.web.view;

import java.util.List;

/// What is wrong with the installation, and everything that was examined.
public record DoctorView(
        Frame frame, StateBadge verdict, String sentence, List<Row> complaints, List<Look> looks) {
    public DoctorView {
        complaints = List.copyOf(complaints);
        looks = List.copyOf(looks);
    }

    /// One thing that is wrong.
    ///
    /// @param advice whether it is no fault
    public record Row(
            StateBadge gravity,
            boolean advice,
            String name,
            String what,
            String why,
            String cure) {}

    /// One examination.
    public record Look(StateBadge verdict, String name, String about, When at) {}
}
