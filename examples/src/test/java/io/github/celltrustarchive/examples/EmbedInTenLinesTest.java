// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedInTenLinesTest {

    @TempDir
    private Path temp;

    @Test
    void theTenLinesArchiveTheSample() throws Exception {
        Path sample = Path.of("sample").toAbsolutePath();
        StringBuilder screen = new StringBuilder();

        EmbedInTenLines.archive(sample.resolve("export.jsonl"), sample.resolve("users.csv"), temp, screen);

        assertThat(screen).contains("Items imported successfully:").contains("Items pending:                0");
        assertThat(temp.resolve("mail/bank.example")).isNotEmptyDirectory();
    }
}
