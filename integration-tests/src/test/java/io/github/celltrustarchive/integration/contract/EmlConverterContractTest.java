// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.testkit.contract.MessageConverterContract;

/** The default converter keeps the rules of converters. */
class EmlConverterContractTest extends MessageConverterContract {

    @Override
    protected MessageConverter converter() {
        return new EmlMessageConverter(ConnectorProfile.cellTrust("contract"));
    }
}
