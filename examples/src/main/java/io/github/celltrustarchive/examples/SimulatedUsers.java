// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;

/** Finds out whom a simulated tenant must have: everybody whom the mapping file, or the domain of an address, gives a mailbox. */
final class SimulatedUsers {

    private static final int PAGE = 500;

    private SimulatedUsers() {}

    /** The addresses, in lower case. */
    static SortedSet<String> of(CommandLine command, Export export) throws IOException, InterruptedException {
        UserMapper mapper = LocalArchive.mapper(command, export);
        SortedSet<String> addresses = new TreeSet<>();
        try (SourceAdapter source = JsonLinesSource.of(export.source())) {
            Checkpoint at = Checkpoint.START;
            boolean more = true;
            while (more) {
                try (SourcePage page = source.read(at, PAGE)) {
                    for (RawRecord raw : page.records()) {
                        add(addresses, source, raw, mapper);
                    }
                    at = page.next();
                    more = page.more();
                }
            }
        }
        return addresses;
    }

    private static void add(SortedSet<String> addresses, SourceAdapter source, RawRecord raw, UserMapper mapper)
            throws IOException, InterruptedException {
        Optional<SourceItem> item = parse(source, raw);
        for (Participant participant : item.map(SourceItem::participants).orElse(List.of())) {
            Mapping mapping = mapper.map(participant, item.orElseThrow().sentAt());
            if (mapping instanceof Mapping.Mapped mapped) {
                addresses.add(mapped.mailbox().primaryAddress().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Nothing for what can't be understood: the run tells that. */
    private static Optional<SourceItem> parse(SourceAdapter source, RawRecord raw) throws IOException {
        try {
            return Optional.of(source.parse(raw));
        } catch (RecordException e) {
            return Optional.empty();
        }
    }
}
