package aramaki.model.system;

import aramaki.model.Labels;

/// An aggregate chosen by labels instead of by name.
public sealed interface Selection {
    /// All systems that carry these labels, as one aggregate with a name.
    record Named(SystemName name, Labels labels) implements Selection {}

    /// One aggregate per value of a label, titled by a template (`Everything in {{dc}}`).
    record Each(String label, String title) implements Selection {}
}
