// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.mail.JakartaMailConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.testkit.contract.MessageConverterContract;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/** The shortest converter that an author can write keeps the rules of converters. */
class PlainFilledConverterContractTest extends MessageConverterContract {

    @Override
    protected MessageConverter converter() {
        return new JakartaMailConverter(ConnectorProfile.cellTrust("contract")) {
            @Override
            protected void fill(MimeMessage message, SourceItem item) throws MessagingException {
                message.setText(item.text(), "utf-8");
            }
        };
    }
}
