// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleDataTest {

    private static final Path EXAMPLE = Path.of("../examples/sample");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void theLibraryFindsInASampleWhatMustBeInIt(int records) throws Exception {
        SampleExpectation expected = SampleData.export(folder, 42, records);

        assertThat(outcome()).isEqualTo(expected);
        assertThat(expected.records()).isEqualTo(records);
        assertThat(expected.replays()).isPositive();
        assertThat(expected.revisions()).isPositive();
        assertThat(expected.malformed()).isPositive();
        assertThat(expected.unmappedUsers()).isEqualTo(2);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        SampleData.export(folder.resolve("a"), 1, 200);
        SampleData.export(folder.resolve("b"), 1, 200);
        SampleData.export(folder.resolve("c"), 2, 200);

        assertThat(files(folder.resolve("b"))).isEqualTo(files(folder.resolve("a")));
        assertThat(files(folder.resolve("c"))).isNotEqualTo(files(folder.resolve("a")));
    }

    @Test
    void theSampleOfTheExamplesIsUpToDate() throws IOException {
        SampleData.export(folder, 2026, 500);

        assertThat(files(EXAMPLE)).isEqualTo(files(folder));
    }

    @Test
    void picturesAreSmallAndCanBeLookedAt() throws IOException {
        for (byte[] picture : List.of(SamplePictures.png(200, 100, 50), SamplePictures.jpeg("Picture 0001"))) {
            assertThat(picture).hasSizeLessThan(2_048);
            assertThat(ImageIO.read(new ByteArrayInputStream(picture))).isNotNull();
        }
    }

    @Test
    void aSampleThatIsTooSmallToShowEverythingIsRefused() {
        assertThatThrownBy(() -> SampleData.export(folder, 1, 49)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What the library makes of the export, counted as a run would. */
    private SampleExpectation outcome() throws Exception {
        UserMapper mapper =
                CsvUserMapper.load(folder.resolve("users.csv")).orElse(new EmailUserMapper(SampleData.OWNED_DOMAINS));
        Set<ItemKey> keys = new HashSet<>();
        Set<String> ids = new HashSet<>();
        Set<String> mailboxes = new HashSet<>();
        Set<String> unmapped = new HashSet<>();
        int replays = 0;
        int malformed = 0;
        int deliveries = 0;
        JsonLinesSource source = JsonLinesSource.of(folder);
        List<RawRecord> records = source.read(Checkpoint.START, 1_000_000).records();
        for (RawRecord record : records) {
            SourceItem item;
            try {
                item = source.parse(record);
            } catch (RecordException e) {
                malformed++;
                continue;
            }
            if (!keys.add(ItemKey.of("sample", item))) {
                replays++;
                continue;
            }
            ids.add(item.sourceId());
            Set<String> here = new HashSet<>();
            for (Participant participant : item.participants()) {
                Mapping mapping = mapper.map(participant, item.sentAt());
                if (mapping instanceof Mapping.Mapped mapped) {
                    here.add(mapped.mailbox().id());
                } else if (mapping instanceof Mapping.Unmapped) {
                    unmapped.add(participant.phone() + "/" + participant.email());
                }
            }
            deliveries += here.size();
            mailboxes.addAll(here);
        }
        int revisions = keys.size() - ids.size();
        return new SampleExpectation(
                records.size(), replays, revisions, malformed, mailboxes.size(), unmapped.size(), deliveries);
    }

    /** Names and contents of the files of an export. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.equals("README.md")) {
                    files.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }
}
