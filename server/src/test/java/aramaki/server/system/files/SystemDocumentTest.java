package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.Labels;
import aramaki.model.system.Category;
import aramaki.model.system.Definition;
import aramaki.model.system.Selection;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SystemDocumentTest {
    private static final String SHORT_NAME =
            " is no short name; write lower-case letters, digits, '.' and '-', beginning with a"
                    + " letter or digit, at most 100 characters";
    private static final String SELECTION = "{name: all-storage, labels: {kind: storage}}";

    @Test
    void theDocumentOfTheContractIsRead() {
        var shop = Reads.system(CONTRACT).orRefuse();

        assertThat(shop.title()).isEqualTo("Shop");
        assertThat(shop.category())
                .isEqualTo(new Category("project", "customer project", "customer projects"));
        assertThat(shop.description()).endsWith("sacred.");
        assertThat(shop.labels()).isEqualTo(Labels.of(Map.of("customer", "muster", "web", "")));
        assertThat(shop.subsystems())
                .extracting(SystemRef::toString)
                .containsExactly("shop-production", "shop-staging", "storage-rack-4@hoster");
        assertThat(shop.selections())
                .containsExactly(
                        new Selection.Named(
                                new SystemName("all-storage"),
                                Labels.of(Map.of("kind", "storage"))),
                        new Selection.Each("dc", "Everything in {{dc}}"));
        assertThat(shop.people())
                .isEqualTo(Map.of("owner", List.of("ada"), "operator", List.of("bo", "chris@b")));
        assertThat(shop.rules()).startsWith("Web tier");
        assertThat(shop.links()).hasSize(1);
    }

    private static final String CONTRACT =
            """
            # system.yaml
            title: Shop
            category: {name: project, singular: customer project, plural: customer projects}
            description: Web shop of Muster GmbH. Fridays 18-21 h are sacred.
            labels: {customer: muster, web: ""}
            subsystems: [shop-production, shop-staging, storage-rack-4@hoster]
            selections: [{name: all-storage, labels: {kind: storage}}, {each: dc, title: "Everything in {{dc}}"}]
            people: {owner: [ada], operator: [bo, chris@b]}
            rules: "Web tier: act first, tell later. Database: wake Muster's on-call before you touch it."
            links: [{title: Front latency, url: "https://...", when: http-front}]
            """;

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(Reads.system("description: small\n").orRefuse())
                .usingRecursiveComparison()
                .ignoringFields("description")
                .isEqualTo(Definition.titled("shop", Category.SYSTEM));
    }

    @Test
    void aCategoryMayHaveOneWordOfItsOwn() {
        var reading = Reads.system("category: {name: tier, singular: web tier}\n");

        assertThat(reading.orRefuse().category())
                .isEqualTo(new Category("tier", "web tier", "web tiers"));
    }

    @ParameterizedTest
    @MethodSource
    void aFieldIsRefusedWithItsLine(String line, String problem) {
        var reading = Reads.system("# a comment\nlabels: {}\n" + line + "\n");

        assertThat(Reads.problems(reading)).containsExactly("system.yaml:3: " + problem);
    }

    static Stream<Arguments> aFieldIsRefusedWithItsLine() {
        return Stream.of(
                wrong("titel: Shop", "titel: is no key we know; did you mean title?"),
                wrong("title: 2024", "title: is a number; put it in quotes: \"2024\""),
                wrong("title: \" \"", "title: is empty; write text or leave it out"),
                wrong("title: \"a\\nb\"", "title: has several lines; write one"),
                wrong("title: \"a\\eb\"", "title: holds a control character; leave it out"),
                wrong(
                        "title: " + "x".repeat(201),
                        "title: is 201 characters long; write at most 200"),
                wrong("description: [a]", "description: is a list; write text"),
                wrong("rules: {a: b}", "rules: is a mapping; write text"),
                wrong("category: Big Project", "category: \"Big Project\"" + SHORT_NAME),
                wrong(
                        "category: [a]",
                        "category: is a list; write a mapping: {name: project, singular: project,"
                                + " plural: projects}"),
                wrong(
                        "category: {singular: a}",
                        "category.name: is missing; write for instance name: project"),
                wrong(
                        "category: {name: a, plurals: b}",
                        "category.plurals: is no key we know; did you mean plural?"),
                wrong(
                        "subsystems: a",
                        "subsystems: is text; write a list: [storage, storage@hoster]"),
                wrong(
                        "subsystems: [a, B]",
                        "subsystems[1]: \"B\" is no name of a system; write a short name, or"
                                + " name@peer for a peer's system"),
                wrong(
                        "subsystems: [a@b@c]",
                        "subsystems[0]: \"a@b@c\" is no name of a system; write a short name, or"
                                + " name@peer for a peer's system"),
                wrong("subsystems: [7]", "subsystems[0]: is a number; put it in quotes: \"7\""),
                wrong("subsystems: [a, a]", "subsystems[1]: a is named twice; keep one"),
                wrong(
                        "subsystems: [shop]",
                        "subsystems[0]: a system cannot be part of itself; leave shop out"),
                wrong(
                        "selections: {a: b}",
                        "selections: is a mapping; write a list: [" + SELECTION + "]"),
                wrong("selections: [a]", "selections[0]: is text; write a mapping: " + SELECTION),
                wrong(
                        "selections: [{labels: {a: b}}]",
                        "selections[0]: has neither name nor each; write {name, labels} or {each,"
                                + " title}"),
                wrong(
                        "selections: [{name: x, each: y}]",
                        "selections[0]: has both name and each; write {name, labels} or {each,"
                                + " title}"),
                wrong(
                        "selections: [{name: x}]",
                        "selections[0].labels: is missing; write for instance labels: {kind:"
                                + " storage}"),
                wrong(
                        "selections: [{name: x, labels: {}}]",
                        "selections[0].labels: is empty; name at least one label"),
                wrong(
                        "selections: [{name: shop, labels: {a: b}}]",
                        "selections[0].name: is the name of this system; choose another"),
                wrong(
                        "selections: [{name: x, labels: {a: b}}, {name: x, labels: {a: c}}]",
                        "selections[1].name: x is named twice; choose another"),
                wrong(
                        "selections: [{each: dc, title: \"in {{cd}}\"}]",
                        "selections[0].title: uses {{cd}}, which no label gives; did you mean"
                                + " {{dc}}?"),
                wrong(
                        "selections: [{each: dc}]",
                        "selections[0].title: is missing; write for instance title: \"Everything in"
                                + " {{dc}}\""),
                wrong("people: [ada]", "people: is a list; write a mapping: {owner: [ada]}"),
                wrong("people: {owner: ada}", "people.owner: is text; write a list: [ada]"),
                wrong("people: {Owner: [ada]}", "people.Owner: \"Owner\"" + SHORT_NAME),
                wrong(
                        "people: {owner: [Ada B]}",
                        "people.owner[0]: \"Ada B\" is no name of a person; write a short name, or"
                                + " name@peer"),
                wrong(
                        "people: {owner: [ada, ada]}",
                        "people.owner[1]: ada is named twice; keep one"),
                wrong(
                        "links: a",
                        "links: is text; write a list: [{title: Latency, url: \"https://...\"}]"),
                wrong(
                        "links: [{title: a}]",
                        "links[0].url: is missing; write for instance url: \"https://...\""),
                wrong(
                        "links: [{url: \"http://a/\"}]",
                        "links[0].title: is missing; write for instance title: Latency"),
                wrong(
                        "links: [{title: a, url: \"javascript:alert(1)\"}]",
                        "links[0].url: \"javascript:alert(1)\" is no address of a page; write one"
                                + " that begins with https:// or http://"),
                wrong(
                        "links: [{title: a, url: \"http://a/\", when: A}]",
                        "links[0].when: \"A\"" + SHORT_NAME),
                wrong(
                        "links: [{title: a, link: \"http://a/\", url: \"http://a/\"}]",
                        "links[0].link: is no key we know; known are title, url, when"));
    }

    @Test
    void anOwnWordOfTheYamlStandardIsTextAndNotAKeyOfAnotherType() {
        assertThat(Reads.problems(Reads.system("on: 1\n")))
                .containsExactly(
                        "system.yaml:1: on: is no key we know; known are category, description,"
                                + " labels, links, people, rules, selections, subsystems, title");
    }

    private static Arguments wrong(String text, String problem) {
        return Arguments.of(text, problem);
    }
}
