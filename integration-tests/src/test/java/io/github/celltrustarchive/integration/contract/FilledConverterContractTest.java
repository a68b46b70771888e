// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.integration.FilledConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.testkit.contract.MessageConverterContract;

/** A converter whose author fills a message of the mail library, and does so carelessly, keeps the rules of converters. */
class FilledConverterContractTest extends MessageConverterContract {

    @Override
    protected MessageConverter converter() {
        return new FilledConverter(ConnectorProfile.cellTrust("contract"));
    }
}
