// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Any file is a user mapping table or an {@link IllegalArgumentException} without the file's content in it. */
class CsvUserMapperFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyFileIsATableOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".csv");
        try {
            load(Files.write(file, bytes), new String(bytes, StandardCharsets.UTF_8));
        } finally {
            Files.delete(file);
        }
    }

    private static void load(Path file, String text) throws IOException {
        CsvUserMapper mapper;
        try {
            mapper = CsvUserMapper.builder(file).defaultRegion("US").load();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("user mapping file: ").hasNoCause();
            return;
        }
        for (String cell : text.split("[,;\"\r\n]", 40)) {
            String source = cell.strip();
            var mapping = mapper.map(Participant.ofPhone(ParticipantRole.TO, source), Instant.EPOCH);
            if (mapping instanceof Mapping.Mapped mapped) {
                assertThat(AddrSpec.isValid(mapped.mailbox().primaryAddress())).isTrue();
            }
            assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, source), Instant.EPOCH))
                    .isEqualTo(mapping);
        }
    }
}
