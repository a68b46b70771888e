// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Emails are the same everywhere. A golden file that changes on purpose is copied from {@code target/golden}. */
final class EmlDeterminismTest {

    private static final List<List<String>> CONFIGURATIONS = List.of(
            List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu"),
            List.of(
                    "-Duser.language=ar",
                    "-Duser.country=EG",
                    "-Duser.extensions=u-nu-arab",
                    "-Duser.timezone=Pacific/Chatham",
                    "-Dfile.encoding=ISO-8859-1",
                    "-Dline.separator=\r\n"),
            List.of(
                    "-Duser.language=th",
                    "-Duser.country=TH",
                    "-Dfile.encoding=US-ASCII",
                    "-Dmail.mime.address.strict=false",
                    "-Dmail.mime.parameters.strict=false",
                    "-Dmail.mime.encodeparameters=false",
                    "-Dmail.mime.allowutf8=true",
                    "-Dmail.mime.charset=UTF-16",
                    "-Dmail.mime.decodetext.strict=false",
                    "-Dmail.mime.encodefilename=true",
                    "-Dmail.mime.foldtext=false",
                    "-Dmail.mime.setcontenttypefilename=false",
                    "-Dmail.mime.setdefaulttextcharset=false",
                    "-Xint"));

    @Test
    @DisplayName("invariant 18: the same item gives the bytes of the golden file")
    void sameItemGivesTheBytesOfTheGoldenFile() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "golden"));
        TreeSet<String> differing = new TreeSet<>();
        for (Map.Entry<String, SourceItem> item : GoldenItems.all().entrySet()) {
            byte[] eml = GoldenItems.eml(item.getValue());
            Files.write(folder.resolve(item.getKey() + ".eml"), eml);
            if (!Arrays.equals(golden(item.getKey()), eml)) {
                differing.add(item.getKey());
            }
        }
        assertThat(differing).as("compare with target/golden").isEmpty();
    }

    @Test
    @DisplayName("invariant 18: locale, time zone, encoding and mail properties change nothing")
    void settingsOfTheHostChangeNothing() throws Exception {
        List<String> here = run(List.of());
        assertThat(here).hasSize(3 * GoldenItems.all().size());
        for (List<String> configuration : CONFIGURATIONS) {
            assertThat(run(configuration)).as(configuration.toString()).isEqualTo(here);
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = EmlDeterminismTest.class.getResourceAsStream("golden/" + name + ".eml")) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static List<String> run(List<String> options) throws Exception {
        Path answer = Files.createTempFile("digests", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenItems.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).as(options.toString()).isZero();
        String lines = Files.readString(answer, StandardCharsets.US_ASCII);
        Files.delete(answer);
        return lines.lines().toList();
    }
}
