// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.spi.MessageConverter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Converters whose envelope is wrong. */
final class BrokenEnvelopes {

    private BrokenEnvelopes() {}

    @Breaks("converter.1")
    static class CountsInTheSubject extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                private int count;

                @Override
                Envelope envelope(Envelope e) {
                    return with(e, e.key(), e.messageId(), "No. " + ++count, e.participants(), e.attachments());
                }
            };
        }
    }

    @Breaks("converter.6")
    static class MakesItsOwnKey extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                Envelope envelope(Envelope e) {
                    return with(
                            e,
                            new ItemKey("0".repeat(64)),
                            e.messageId(),
                            e.subject(),
                            e.participants(),
                            e.attachments());
                }
            };
        }
    }

    @Breaks("converter.7")
    static class ForgetsTheLastRecipient extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                Envelope envelope(Envelope e) {
                    return with(
                            e,
                            e.key(),
                            e.messageId(),
                            e.subject(),
                            e.participants().subList(0, 2),
                            e.attachments());
                }
            };
        }
    }

    @Breaks("converter.8")
    static class ForgetsTheOrderOfAttachments extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                Envelope envelope(Envelope e) {
                    List<AttachmentSummary> reversed = new ArrayList<>(e.attachments());
                    Collections.reverse(reversed);
                    return with(e, e.key(), e.messageId(), e.subject(), e.participants(), reversed);
                }
            };
        }
    }

    @Breaks("converter.9")
    static class HasAnotherMessageIdInTheEnvelope extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                Envelope envelope(Envelope e) {
                    return with(
                            e,
                            e.key(),
                            "<" + e.key() + "@other.example>",
                            e.subject(),
                            e.participants(),
                            e.attachments());
                }
            };
        }
    }
}
