package aramaki.server;

import aramaki.model.timeline.EventType;
import aramaki.server.timeline.EventFeed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/// What this server says about itself in Prometheus' format.
final class Metrics {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    void start(EventFeed feed) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        for (var type : EventType.values()) {
            Counter.builder("aramaki.events")
                    .description("Events appended to logs of this instance, by type")
                    .tag("type", type.word())
                    .register(registry);
        }
        feed.listen(
                event ->
                        registry.counter("aramaki.events", "type", event.header().type())
                                .increment());
    }

    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    String text() {
        return registry.scrape();
    }
}
