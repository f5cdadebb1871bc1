package aramaki.server.backup;

import aramaki.protocol.crypto.Base64Url;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows as JSON, one object a line, its fields in the order of the columns.
final class RowWriter implements Snapshot.Sink, AutoCloseable {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;
    private final List<Column> columns;
    private long rows;

    RowWriter(OutputStream out, Table table) throws IOException {
        json = JSON.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        columns = table.columns();
    }

    long rows() {
        return rows;
    }

    @Override
    public void row(@Nullable Object[] values) {
        try {
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                json.writeFieldName(columns.get(i).name());
                write(values[i]);
            }
            json.writeEndObject();
            json.writeRaw('\n');
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void write(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case String text -> json.writeString(text);
            case byte[] bytes -> json.writeString(Base64Url.encode(bytes));
            default -> throw new IllegalArgumentException("no value of a column: " + value);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
