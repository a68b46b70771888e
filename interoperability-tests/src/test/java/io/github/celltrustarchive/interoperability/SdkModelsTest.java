// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.graph.models.Message;
import org.junit.jupiter.api.Test;

/** The check itself fails where it must. */
class SdkModelsTest {

    @Test
    void whatTheModelKnowsPasses() {
        assertThatCode(() -> SdkModels.requireKnown(Message.class, """
                        {"subject":"a","body":{"contentType":"text","content":"b"},"isRead":true,
                         "receivedDateTime":"2026-01-01T00:00:00Z","@odata.etag":"x",
                         "attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"p","contentBytes":"AQID"}],
                         "singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"1"}]}""")).doesNotThrowAnyException();
    }

    @Test
    void aMisspeltPropertyFailsWhereverItIs() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SdkModels.requireKnown(Message.class, "{\"subjekt\":\"a\"}"))
                .withMessageContaining("'subjekt' in Message");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SdkModels.requireKnown(
                        Message.class, "{\"toRecipients\":[{\"emailAddress\":{\"adress\":\"a@b.example\"}}]}"))
                .withMessageContaining("'adress'");
    }

    @Test
    void aWordThatIsNotInAnEnumerationFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SdkModels.requireKnown(Message.class, "{\"importance\":\"urgent\"}"))
                .withMessageContaining("Message.importance is lost");
    }
}
