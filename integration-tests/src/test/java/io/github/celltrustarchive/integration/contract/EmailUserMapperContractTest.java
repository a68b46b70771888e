// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import static io.github.celltrustarchive.model.Participant.ofEmail;
import static io.github.celltrustarchive.model.ParticipantRole.TO;

import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.testkit.contract.UserMapperContract;
import java.time.Instant;
import java.util.List;

/** The mapper by email address keeps the rules of mappers. */
class EmailUserMapperContractTest extends UserMapperContract {

    private static final Instant AT = Instant.parse("2026-11-20T14:03:27Z");

    @Override
    protected UserMapper mapper() {
        return new EmailUserMapper(List.of("Bank.example"));
    }

    @Override
    protected List<Example> examples() {
        return List.of(
                Example.mapped(ofEmail(TO, "INGRID.ray@bank.example"), AT, "ingrid.ray@bank.example"),
                Example.mapped(ofEmail(TO, "ann.lee@bank.example"), AT, "ann.lee@bank.example"),
                Example.mapped(ofEmail(TO, "Ann.Lee@BANK.example"), AT, "ann.lee@bank.example"),
                Example.external(ofEmail(TO, "bob@elsewhere.example"), AT),
                Example.unmapped(Participant.ofPhone(TO, "+12125550199"), AT));
    }
}
