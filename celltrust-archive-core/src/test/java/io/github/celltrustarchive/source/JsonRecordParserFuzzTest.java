// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real records, broken in small ways by a seeded hand. */
class JsonRecordParserFuzzTest {

    private static final Path SAMPLE = Path.of("../examples/sample/export.jsonl");
    private static final byte[] NASTY = "\"\\{}[]:,0eE-.tfn\u0000\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(20260301);
    private final JsonRecordParser parser = JsonRecordParser.ofDefaults();

    @Test
    void aBrokenRecordIsAnItemOrARecordExceptionAndNothingElse() throws Exception {
        List<RawRecord> records = sample();
        int items = 0;
        int held = 0;
        for (int i = 0; i < ROUNDS; i++) {
            RawRecord original = records.get(random.nextInt(records.size()));
            byte[] broken = breakSomething(bytes(original));
            try {
                parser.parse(new RawRecord("application/json", Content.of(broken), original.parts(), "x:1"));
                items++;
            } catch (RecordException e) {
                assertThat(e).hasNoCause();
                held++;
            }
        }
        assertThat(items).isPositive();
        assertThat(held).isPositive();
        assertThat(items + held).isEqualTo(ROUNDS);
    }

    @Test
    void parsingTwiceAndInAnyOrderGivesTheSameItems() throws Exception {
        List<RawRecord> records = sample();
        Map<String, ItemKey> first = keys(records);
        List<RawRecord> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);

        assertThat(keys(shuffled)).isEqualTo(first);
    }

    private Map<String, ItemKey> keys(List<RawRecord> records) throws IOException {
        Map<String, ItemKey> keys = new HashMap<>();
        for (RawRecord record : records) {
            try {
                SourceItem item = parser.parse(record);
                keys.put(record.locator(), ItemKey.of("c", item));
            } catch (RecordException e) {
                keys.put(record.locator(), ItemKey.ofUnparsed("c", record));
            }
        }
        return keys;
    }

    private byte[] breakSomething(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        byte nasty = random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : (byte) random.nextInt(256);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> bytes[at] = nasty;
            case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            default -> System.arraycopy(bytes, at, bytes, random.nextInt(at + 1), Math.min(9, bytes.length - at));
        }
        return bytes;
    }

    private static List<RawRecord> sample() throws Exception {
        List<RawRecord> records =
                JsonLinesSource.of(SAMPLE).read(Checkpoint.START, 1_000).records();
        assertThat(records).hasSize(500);
        return records;
    }

    private static byte[] bytes(RawRecord record) throws IOException {
        try (InputStream in = record.bytes().open()) {
            return in.readAllBytes();
        }
    }
}
