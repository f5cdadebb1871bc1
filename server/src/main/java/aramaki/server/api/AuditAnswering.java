package aramaki.server.api;

import aramaki.model.timeline.Hash;
import aramaki.protocol.crypto.Base64Url;
import aramaki.server.access.Caller;
import aramaki.server.api.AuditAnswers.ActEvent;
import aramaki.server.api.AuditAnswers.ActLine;
import aramaki.server.api.AuditAnswers.AuditItem;
import aramaki.server.api.AuditAnswers.Via;
import aramaki.server.audit.AccessEntry;
import aramaki.server.audit.Asked;
import aramaki.server.audit.Audit;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// From acts and looks to what the JSON interface answers.
final class AuditAnswering {
    private final Timeline timeline;
    private final Map<String, String> names;

    AuditAnswering(Timeline timeline, List<Caller> people) {
        this.timeline = timeline;
        this.names = people.stream().collect(Collectors.toMap(Caller::person, Caller::name));
    }

    AuditItem act(Audit.Act act) {
        var event = act.event();
        var header = event.header();
        var asked = act.request().map(AccessEntry::asked);
        return new AuditItem(
                "act",
                event.hash().hex(),
                header.at(),
                null,
                1,
                header.actor(),
                name(header.actor()),
                header.grant().map(Hash::hex).orElse(null),
                asked.map(Asked::address).orElse(null),
                timeline.systemOf(event),
                asked.map(AuditAnswering::via).orElse(null),
                new ActEvent(
                        header.log().system().value(),
                        header.log().eventClass().word(),
                        header.epoch(),
                        header.seq(),
                        header.type(),
                        Sentences.of(event)));
    }

    AuditItem look(AccessEntry entry) {
        var asked = entry.asked();
        return new AuditItem(
                "look",
                Long.toString(entry.id()),
                asked.at(),
                entry.until(),
                entry.times(),
                asked.person(),
                name(asked.person()),
                asked.grant().map(Hash::hex).orElse(null),
                asked.address(),
                Optional.of(entry.system()).filter(s -> !s.isEmpty()).orElse(null),
                via(asked),
                null);
    }

    ActLine line(Audit.Act act) {
        return new ActLine(
                act(act),
                act.event().header().prev().hex(),
                Base64Url.encode(act.event().headerBytes()));
    }

    private static Via via(Asked asked) {
        return new Via(
                asked.credential(),
                asked.method().name(),
                asked.path(),
                asked.parameters(),
                asked.filters(),
                asked.status());
    }

    private String name(String person) {
        return names.getOrDefault(person, person);
    }
}
