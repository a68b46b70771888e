// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.testkit.contract.MessageConverterContract;

/** The default converter keeps the rules of converters for a record that is an email already. */
class PassThroughContractTest extends MessageConverterContract {

    @Override
    protected MessageConverter converter() {
        return new EmlMessageConverter(ConnectorProfile.cellTrust("contract"));
    }

    @Override
    protected RawRecord raw(SourceItem item) {
        String eml =
                "Message-ID: <a@b.example>\r\nFrom: ann@b.example\r\nSubject: Hello\r\n\r\n" + "Text\r\n".repeat(50);
        return new RawRecord("message/rfc822", Content.ofUtf8(eml), "1.eml");
    }

    @Override
    protected boolean rendersItems() {
        return false;
    }
}
