package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads back what `RowWriter` wrote, and refuses everything else with its line.
final class RowReader implements Filling.Source, AutoCloseable {
    /// A definition with all its files is the longest value; far more than one may have.
    private static final int MAX_VALUE = 256 << 20;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(2)
                                    .maxStringLength(MAX_VALUE)
                                    .build())
                    .build();

    private final String file;
    private final JsonParser json;
    private final List<Column> columns;
    private long rows;

    RowReader(String file, InputStream in, Table table) throws IOException {
        this.file = file;
        json = JSON.createParser(in);
        columns = table.columns();
    }

    long rows() {
        return rows;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        try {
            var begin = json.nextToken();
            if (begin == null) {
                return null;
            }
            rows++;
            expect(begin == JsonToken.START_OBJECT, "a row is a JSON object");
            var values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                var column = columns.get(i);
                expect(
                        json.nextToken() == JsonToken.FIELD_NAME
                                && json.currentName().equals(column.name()),
                        "expected the field \"" + column.name() + "\"");
                values[i] = value(column, json.nextToken());
            }
            expect(json.nextToken() == JsonToken.END_OBJECT, "a row has a field too many");
            return values;
        } catch (JsonProcessingException e) {
            throw wrong(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Object value(Column column, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        var kind = column.kind();
        boolean fits =
                switch (kind) {
                    case NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
                    case REAL -> token.isNumeric();
                    case TEXT, BYTES -> token == JsonToken.VALUE_STRING;
                };
        expect(
                fits,
                "\""
                        + column.name()
                        + "\" is no "
                        + kind.name().toLowerCase(java.util.Locale.ROOT));
        return switch (kind) {
            case NUMBER -> json.getLongValue();
            case REAL -> json.getDoubleValue();
            case TEXT -> json.getText();
            case BYTES -> Base64Url.decode(json.getText());
        };
    }

    private void expect(boolean holds, String what) {
        if (!holds) {
            throw wrong(what);
        }
    }

    private Refusal wrong(String what) {
        return Refusal.invalid("bad-backup", file + " line " + rows + ": " + what);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
