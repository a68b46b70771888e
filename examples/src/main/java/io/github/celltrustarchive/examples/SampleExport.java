// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The sample export in {@code examples/sample}, found from where this class was built, whatever the working folder. */
final class SampleExport {

    /** The domains of the firm in the sample. */
    private static final Set<String> DOMAINS = Set.of("bank.example");

    private SampleExport() {}

    static Optional<Export> find() {
        for (Path place = builtAt(); place != null; place = place.getParent()) {
            Path sample = place.resolve("sample");
            if (Files.isRegularFile(sample.resolve("export.jsonl"))) {
                return Optional.of(new Export(sample.resolve("export.jsonl"), sample.resolve("users.csv"), DOMAINS));
            }
        }
        return Optional.empty();
    }

    /** The jar or the folder of classes. */
    private static Path builtAt() {
        try {
            return Path.of(SampleExport.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class was loaded from no file", e);
        }
    }
}
