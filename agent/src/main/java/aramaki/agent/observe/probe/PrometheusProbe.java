package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.prometheus.Exposition;
import aramaki.agent.observe.probe.prometheus.Sample;
import aramaki.agent.observe.probe.prometheus.Selector;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Reads metrics of an exporter. One that cannot be reached is critical; one that talks nonsense,
/// or has not what was asked for, is unknown, as then nothing is known about what it measures.
record PrometheusProbe(URI url, List<Selector> selectors, Thresholds thresholds) implements Probe {
    private static final int MAX_SERIES = 200;
    private static final int MAX_NAME = 250;
    private static final int SAID = 5;

    static PrometheusProbe of(Parameters parameters) {
        try {
            return new PrometheusProbe(
                    URI.create(parameters.text("url")),
                    Selector.parse(parameters.text("metrics")),
                    parameters.thresholds());
        } catch (Selector.Bad e) {
            throw parameters.wrong(
                    "metrics", "names such as up or up{job=\"shop\"}; " + e.getMessage());
        }
    }

    @Override
    public State silence() {
        return State.CRITICAL;
    }

    @Override
    public Finding find() throws InterruptedException {
        HttpClient client = HttpProbe.client(false);
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .setHeader("User-Agent", "aramaki-agent")
                        .setHeader("Accept", "text/plain;version=0.0.4")
                        .build();
        try {
            HttpResponse<InputStream> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return answer.statusCode() == 200
                        ? read(body)
                        : Finding.of(
                                State.CRITICAL,
                                url + ": HTTP " + answer.statusCode() + "; expected 200");
            }
        } catch (Exposition.Bad e) {
            return Finding.unknown(url + ": no metrics in the text format: " + e.getMessage());
        } catch (IOException e) {
            return Finding.of(State.CRITICAL, url + ": " + HttpProbe.reason(e));
        } finally {
            client.shutdownNow();
        }
    }

    private Finding read(InputStream body) throws IOException, Exposition.Bad {
        var chosen = new ArrayList<Sample>();
        var more = new AtomicLong();
        new Exposition(body)
                .read(
                        sample -> {
                            if (selectors.stream().noneMatch(s -> s.matches(sample))) {
                                return;
                            }
                            if (chosen.size() < MAX_SERIES) {
                                chosen.add(sample);
                            } else {
                                more.incrementAndGet();
                            }
                        });
        return judge(chosen, missing(chosen), more.get());
    }

    private List<String> missing(List<Sample> chosen) {
        return selectors.stream()
                .filter(selector -> chosen.stream().noneMatch(selector::matches))
                .map(Selector::toString)
                .toList();
    }

    private Finding judge(List<Sample> chosen, List<String> missing, long more) {
        var states = new ArrayList<State>();
        var wrong = new ArrayList<String>();
        var metrics = new ArrayList<Metric>();
        for (Sample sample : chosen) {
            double value = sample.value();
            State state = Double.isNaN(value) ? State.UNKNOWN : thresholds.state(value);
            states.add(state);
            metrics.add(metric(sample));
            if (state != State.OK) {
                wrong.add(words(sample) + thresholds.limit(value, Text::number));
            }
        }
        if (!missing.isEmpty()) {
            states.add(State.UNKNOWN);
            wrong.add("it has no " + String.join(", no ", missing));
        }
        if (more > 0) {
            states.add(State.UNKNOWN);
            wrong.add(
                    "more than "
                            + MAX_SERIES
                            + " series fit, of which "
                            + more
                            + " were not looked at: ask for fewer");
        }
        List<String> said =
                wrong.isEmpty() ? chosen.stream().map(PrometheusProbe::words).toList() : wrong;
        return new Finding(
                State.worst(states),
                Text.line(
                        said.stream().limit(SAID).collect(Collectors.joining("; "))
                                + (said.size() > SAID
                                        ? "; and " + (said.size() - SAID) + " more"
                                        : ""),
                        2000),
                metrics);
    }

    private static String words(Sample sample) {
        return sample.series()
                + " is "
                + (Double.isNaN(sample.value()) ? "no number (NaN)" : Text.number(sample.value()));
    }

    private Metric metric(Sample sample) {
        String series = sample.series();
        return new Metric(
                Text.line(
                        series.length() <= MAX_NAME ? series : series.substring(0, MAX_NAME),
                        MAX_NAME),
                Double.isFinite(sample.value())
                        ? OptionalDouble.of(sample.value())
                        : OptionalDouble.empty(),
                unit(sample),
                thresholds.warn(),
                thresholds.crit(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static String unit(Sample sample) {
        if (sample.counter()) {
            return "c";
        }
        return sample.name().endsWith("_seconds")
                ? "s"
                : sample.name().endsWith("_bytes") ? "B" : "";
    }
}
