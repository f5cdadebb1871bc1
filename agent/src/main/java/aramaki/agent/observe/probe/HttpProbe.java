package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a web server. A server that refuses, fails or keeps us waiting is critical, as answering is
/// what it is for.
record HttpProbe(
        HttpRequest request,
        boolean follow,
        List<StatusRange> expected,
        String contains,
        Thresholds thresholds)
        implements Probe {
    private static final int MAX_BODY = 1024 * 1024;
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    record StatusRange(int from, int to) {
        boolean contains(int status) {
            return status >= from && status <= to;
        }
    }

    private record Body(byte[] bytes, boolean cut) {}

    static HttpProbe of(Parameters parameters) {
        String method = parameters.text("method").toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw parameters.wrong("method", "GET or HEAD");
        }
        String contains = parameters.text("contains");
        if (method.equals("HEAD") && !contains.isEmpty()) {
            throw Refusal.invalid(
                    "bad-probe", "contains: an answer to HEAD has no body; take method GET");
        }
        HttpRequest request =
                HttpRequest.newBuilder(url(parameters))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .setHeader("User-Agent", "aramaki-agent")
                        .build();
        return new HttpProbe(
                request,
                parameters.flag("follow"),
                statuses(parameters),
                contains,
                parameters.thresholds());
    }

    @Override
    public State silence() {
        return State.CRITICAL;
    }

    /// Each look takes a connection of its own, so that it sees what a new visitor sees.
    @Override
    public Finding find() throws InterruptedException {
        HttpClient client = client(follow);
        long begin = System.nanoTime();
        try {
            HttpResponse<InputStream> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            Body body = body(answer);
            return judge(answer.statusCode(), body, (System.nanoTime() - begin) / 1e9);
        } catch (IOException e) {
            return Finding.of(State.CRITICAL, request.uri() + ": " + reason(e));
        } finally {
            client.shutdownNow();
        }
    }

    static HttpClient client(boolean follow) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(follow ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
                .build();
    }

    private static Body body(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream stream = answer.body()) {
            byte[] bytes = stream.readNBytes(MAX_BODY);
            return new Body(bytes, bytes.length == MAX_BODY && stream.read() >= 0);
        }
    }

    private Finding judge(int status, Body body, double seconds) {
        State state = thresholds.state(seconds);
        var output =
                new StringBuilder("HTTP " + status)
                        .append(" in " + Text.number(seconds) + " s, ")
                        .append(body.cut() ? "more than " : "")
                        .append(Text.size(body.bytes().length));
        if (expected.stream().noneMatch(range -> range.contains(status))) {
            state = State.CRITICAL;
            output.append("; expected " + expectedWords());
        } else if (!contains.isEmpty()
                && !new String(body.bytes(), StandardCharsets.UTF_8).contains(contains)) {
            state = State.CRITICAL;
            output.append("; the body does not contain \"" + contains + '"');
            output.append(body.cut() ? " in its first MiB" : "");
        }
        List<Metric> metrics =
                List.of(
                        thresholds.metric("time", seconds, "s"),
                        Metric.of("size", body.bytes().length, "B"));
        return new Finding(state, output.toString(), metrics);
    }

    private String expectedWords() {
        var words = new ArrayList<String>();
        expected.forEach(
                range ->
                        words.add(
                                range.from() == range.to()
                                        ? "" + range.from()
                                        : range.from() + " to " + range.to()));
        return String.join(" or ", words);
    }

    /// The innermost reason, as the outer ones of this client often have no words.
    static String reason(IOException failure) {
        Throwable cause = failure;
        String words = "";
        while (cause != null) {
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return "the host's name is not known";
            }
            String message = cause.getMessage();
            words = message == null ? words : message;
            cause = cause.getCause();
        }
        return words.isEmpty()
                ? "no connection (" + failure.getClass().getSimpleName() + ")"
                : Text.line(words, 500);
    }

    private static URI url(Parameters parameters) {
        String right = "an address such as https://shop.example/health";
        try {
            var url = new URI(parameters.text("url"));
            String scheme = Optional.ofNullable(url.getScheme()).orElse("");
            boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            if (web && url.getHost() != null && url.getPort() <= 65535) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw parameters.wrong("url", right + " (" + e.getReason() + ")");
        }
        throw parameters.wrong("url", right);
    }

    private static List<StatusRange> statuses(Parameters parameters) {
        var ranges = new ArrayList<StatusRange>();
        for (String part : parameters.text("expectStatus").split(",", -1)) {
            Matcher status = STATUS.matcher(part.strip());
            if (!status.matches()) {
                throw parameters.wrong("expectStatus", "such as 200 or 200-399 or 200,404");
            }
            int from = Integer.parseInt(status.group(1));
            String to = status.group(2);
            ranges.add(new StatusRange(from, to == null ? from : Integer.parseInt(to)));
        }
        return ranges;
    }
}
