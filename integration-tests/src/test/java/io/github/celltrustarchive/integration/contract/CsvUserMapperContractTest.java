// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import static io.github.celltrustarchive.model.Participant.ofEmail;
import static io.github.celltrustarchive.model.Participant.ofPhone;
import static io.github.celltrustarchive.model.ParticipantRole.TO;

import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.testkit.contract.UserMapperContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The mapper by table keeps the rules of mappers, numbers that change owners included. */
class CsvUserMapperContractTest extends UserMapperContract {

    static final Instant MARCH = Instant.parse("2026-03-31T23:59:59Z");
    static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = folder.resolve("users.csv");
        Files.writeString(table, """
                source,mailbox,valid-from,valid-to
                +12125550101,Ingrid.Lee@bank.example,,
                +12125550102,bob.ray@bank.example,,
                bob@private.example,Bob.Ray@bank.example,,
                +12125550104,old.owner@bank.example,,2026-03-31
                +12125550104,new.owner@bank.example,2026-04-01,
                """);
    }

    @Override
    protected UserMapper mapper() throws IOException {
        return CsvUserMapper.load(table);
    }

    @Override
    protected List<Example> examples() {
        return new ArrayList<>(List.of(
                Example.mapped(ofPhone(TO, "1 (212) 555-0101"), MARCH, "ingrid.lee@bank.example"),
                Example.mapped(ofPhone(TO, "+12125550102"), MARCH, "bob.ray@bank.example"),
                Example.mapped(ofEmail(TO, "BOB@private.example"), MARCH, "bob.ray@bank.example"),
                Example.mapped(ofPhone(TO, "+12125550104"), MARCH, "old.owner@bank.example"),
                Example.mapped(ofPhone(TO, "+12125550104"), APRIL, "new.owner@bank.example"),
                Example.unmapped(ofPhone(TO, "+12125550199"), MARCH)));
    }
}
