package aramaki.server.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks providers for the library: in a bounded time, for a bounded answer, without following
/// anybody elsewhere, and in the clear on this host only.
final class Asking implements ResourceRetriever, HTTPRequestSender, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final long LONGEST = 256 << 10;
    private static final Set<String> PASSED_ON = Set.of("authorization", "content-type", "accept");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        var answer =
                sent(HttpRequest.newBuilder(uri(url)).header("Accept", "application/json").GET());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answers with " + answer.statusCode());
        }
        return new Resource(answer.body(), "application/json");
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest wanted) throws IOException {
        var body = wanted.getBody();
        var request =
                HttpRequest.newBuilder(uri(wanted.getURL()))
                        .method(
                                wanted.getMethod().name(),
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        wanted.getHeaderMap()
                .forEach(
                        (name, values) -> {
                            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                                values.forEach(value -> request.header(name, value));
                            }
                        });
        var answer = sent(request);
        var response = new HTTPResponse(answer.statusCode());
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> response.setHeader("Content-Type", type));
        response.setBody(answer.body());
        return response;
    }

    private static URI uri(URL url) throws IOException {
        var uri = URI.create(url.toString());
        if (!Organisation.isSafe(uri)) {
            throw new IOException(url + " is asked neither by https nor on this host");
        }
        return uri;
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) throws IOException {
        var answer =
                http.sendAsync(
                        request.timeout(WHOLE).build(),
                        BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST));
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + WHOLE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
