// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the format, its schema and the parser agree. */
class RecordFormatTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern EXAMPLES = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final JsonSchema schema = schema();
    private final JsonRecordParser parser = JsonRecordParser.ofDefaults();

    @Test
    void everyExampleOfTheDescriptionIsARecord() throws IOException {
        Matcher blocks = EXAMPLES.matcher(Files.readString(DOCS.resolve("record-format.md")));
        assertThat(blocks.find()).isTrue();
        List<String> examples = blocks.group(1).lines().toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(3).allSatisfy(example -> {
            assertThat(fitsSchema(example)).isTrue();
            assertThat(isParsed(example)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'id':1.5",
                "'id':null",
                "'conversation':7",
                "'direction':null",
                "'to':null",
                "'to':[{'name':'n'}]",
                "'from':{'phone':1}",
                "'attachments':[{'data':'','size':0}]",
                "'attachments':null",
                "'properties':{'a':'b'}",
                "'x':[1]",
                "'text':''",
                "'received':'2026-03-01T10:15:30.5+01:00'"
            })
    void schemaAndParserAcceptTheSame(String change) throws IOException {
        assertThat(fitsSchema(record(change))).isTrue();
        assertThat(isParsed(record(change))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'id':''",
                "'id':true",
                "'kind':''",
                "'kind':1",
                "'direction':'sideways'",
                "'sent':1",
                "'sent':'now'",
                "'sent':null",
                "'from':{}",
                "'from':{'name':null}",
                "'from':'x'",
                "'to':[null]",
                "'to':{}",
                "'text':1",
                "'attachments':[{}]",
                "'attachments':[{'data':'','file':'x'}]",
                "'attachments':[{'data':'a'}]",
                "'attachments':[{'file':'../x'}]",
                "'attachments':[{'data':'','size':-1}]",
                "'attachments':[{'data':'','sha256':'00'}]",
                "'properties':{'a':1}",
                "'from':{'name':'n','external':'no'}"
            })
    void schemaAndParserRefuseTheSame(String change) throws IOException {
        assertThat(fitsSchema(record(change))).isFalse();
        assertThat(isParsed(record(change))).isFalse();
    }

    /** A record that is fine but for this field. */
    private static String record(String field) {
        StringBuilder record = new StringBuilder();
        for (String part : List.of("'kind':'SMS'", "'sent':'2026-03-01T10:15:30Z'", "'from':{'phone':'1'}")) {
            String name = part.substring(0, part.indexOf(':') + 1);
            if (!field.startsWith(name)) {
                record.append(part).append(',');
            }
        }
        return ("{" + record + field + "}").replace('\'', '"');
    }

    private boolean fitsSchema(String record) {
        return schema.validate(record, InputFormat.JSON).isEmpty();
    }

    private boolean isParsed(String record) throws IOException {
        try {
            parser.parse(new RawRecord("application/json", Content.ofUtf8(record), "a.jsonl:1"));
            return true;
        } catch (RecordException e) {
            return false;
        }
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(DOCS.resolve("record-format.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
