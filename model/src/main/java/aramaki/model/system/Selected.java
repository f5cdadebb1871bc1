package aramaki.model.system;

import aramaki.model.Labels;
import java.util.List;

/// An aggregate that a selection made. It has neither document nor log nor checks of its own.
///
/// @param labels what its members carry
/// @param by the system whose document selects
/// @param members in order of name
public record Selected(
        SystemName name, String title, Labels labels, SystemName by, List<SystemName> members) {
    public Selected {
        members = List.copyOf(members);
    }
}
