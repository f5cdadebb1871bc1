package aramaki.server.web;

import aramaki.server.web.view.Frame;
import aramaki.server.web.view.GrantsView;
import aramaki.server.web.view.GrantsView.Asked;
import aramaki.server.web.view.GrantsView.Can;
import aramaki.server.web.view.GrantsView.Row;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import java.time.Duration;
import java.util.List;

/// Invented grants, with whatever somebody may have written into each of their fields.
final class InventedGrants {
    private InventedGrants() {}

    private static Frame frame() {
        return InventedRows.frame("Grants", Frame.Section.PEOPLE, 2, "aramaki grant list");
    }

    private static Row row(
            String id, StateBadge state, String holder, String words, int minutes, Can can) {
        return new Row(
                id,
                state,
                holder,
                "operator",
                List.of(new Place("shop", "/s/shop"), Place.nowhere("kind=storage")),
                "with a passkey; from 10.1.0.0/16",
                "by ada: " + words,
                InventedRows.ago(Duration.ofMinutes(minutes)),
                minutes > -60,
                can);
    }

    static GrantsView grants(String words) {
        return new GrantsView(
                frame().during(List.of("bo woke emergency rights on shop, until 12:03:00")),
                "",
                "",
                List.of(
                        row("a1", StateBadge.awake(), "bo", words, -40, Can.REVOKE),
                        row(
                                "a2",
                                StateBadge.inForce(),
                                "the token deploy of " + words,
                                words,
                                -400,
                                Can.REVOKE),
                        row("a3", StateBadge.asleep(), "ada", words, -9000, Can.INVOKE),
                        row("a4", StateBadge.waiting(), "chris", words, -9000, Can.REVOKE)),
                List.of(
                        row("a5", StateBadge.expired(), "eve", words, 90, Can.NOTHING),
                        row("a6", StateBadge.revoked(), "eve", words, 900, Can.NOTHING)),
                new Asked(
                        "bo",
                        "edit",
                        "shop",
                        false,
                        "bo may not edit shop: the grant by ada covers read, note, ack, silence and"
                                + " run only; ask an owner"),
                true);
    }

    static GrantsView none() {
        return new GrantsView(
                frame(), "", "", List.of(), List.of(), new Asked("", "read", "", false, ""), false);
    }
}
