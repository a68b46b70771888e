// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.testkit.contract.MessageConverterContract;

/** The default converter keeps the rules of converters when it attaches the raw record. */
class EmlConverterWithRawRecordContractTest extends MessageConverterContract {

    @Override
    protected MessageConverter converter() {
        return EmlMessageConverter.builder(ConnectorProfile.cellTrust("contract"))
                .attachRawRecord(true)
                .build();
    }
}
