// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import static io.github.celltrustarchive.model.ParticipantRole.TO;

import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.util.List;

/** Two mappers, one behind the other, keep the rules of mappers as one does. */
class CsvThenEmailMapperContractTest extends CsvUserMapperContractTest {

    @Override
    protected UserMapper mapper() throws IOException {
        return super.mapper().orElse(new EmailUserMapper(List.of("bank.example")));
    }

    @Override
    protected UserMapper mapperWithoutDirectory() throws IOException {
        return super.mapper().orElse((participant, at) -> {
            throw new IOException("the directory doesn't answer");
        });
    }

    @Override
    protected List<Example> examples() {
        List<Example> examples = super.examples();
        examples.add(0, Example.mapped(email("cy@bank.example"), MARCH, "cy@bank.example"));
        examples.add(Example.external(email("dee@elsewhere.example"), MARCH));
        return examples;
    }

    private static Participant email(String address) {
        return Participant.ofEmail(TO, address);
    }
}
