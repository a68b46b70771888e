// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Converters whose email is wrong. */
final class BrokenConverters {

    private BrokenConverters() {}

    @Breaks("converter.2")
    static class CanBeWrittenOnce extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
                    ConvertedMessage message = super.convert(item, key, raw);
                    AtomicBoolean written = new AtomicBoolean();
                    return new ConvertedMessage(message.envelope(), out -> {
                        if (!written.getAndSet(true)) {
                            message.eml().writeTo(out);
                        }
                    });
                }
            };
        }
    }

    @Breaks("converter.3")
    static class ShowsTheDefaultZone extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return "X-Zone: " + ZoneId.systemDefault().getId() + "\r\n" + eml;
                }
            };
        }
    }

    @Breaks("converter.4")
    static class WorksInOneThreadOnly extends MessageConverterContract {
        private final Thread first = Thread.currentThread();

        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return Thread.currentThread() == first ? eml : "";
                }
            };
        }
    }

    @Breaks("converter.5")
    static class HasANumberOfItsOwn extends MessageConverterContract {
        private int last;

        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                private final int number = ++last;

                @Override
                String change(String eml, SourceItem item) {
                    return "X-Number: " + number + "\r\n" + eml;
                }
            };
        }
    }

    @Breaks("converter.10")
    static class ForgetsTheArchiveKey extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml.replaceAll("X-CellTrust-Archive-Key: .*\r\n", "");
                }
            };
        }
    }

    @Breaks("converter.11")
    static class EndsWithALineFeed extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml + "\n";
                }
            };
        }
    }

    @Breaks("converter.12")
    static class HasALongLine extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml + "x".repeat(999) + "\r\n";
                }
            };
        }
    }

    @Breaks("converter.13")
    static class HasEightBits extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml + "\u00fc\r\n";
                }
            };
        }
    }

    @Breaks("converter.14")
    static class WritesAPropertyAsItIs extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return Objects.equals(item.properties().get("carrier"), "a\r\nX-Injected: 1")
                            ? "X-Carrier: a\r\nX-Injected: 1\r\n" + eml
                            : eml;
                }
            };
        }
    }

    @Breaks("converter.14")
    static class RepeatsAFieldForHostileValues extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return item.kind().equals("MMS") || item.kind().equals("Kword") ? eml : "Subject: x\r\n" + eml;
                }
            };
        }
    }

    @Breaks("converter.15")
    static class LeavesTheTextOut extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                SourceItem item(SourceItem item) {
                    return SourceItem.builder(item.sourceId(), item.kind(), item.sentAt())
                            .sender(item.sender())
                            .recipient(item.recipients().get(0))
                            .text("see the archive")
                            .build()
                            .withAttachments(item.attachments());
                }
            };
        }
    }

    @Breaks("converter.16")
    static class LeavesAttachmentsOut extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                SourceItem item(SourceItem item) {
                    List<Attachment> changed = new ArrayList<>();
                    for (Attachment given : item.attachments()) {
                        boolean picture = given.fileName().equals("photo.png");
                        changed.add(picture ? new Attachment("photo.png", "image/png", Content.EMPTY) : given);
                    }
                    return item.withAttachments(changed);
                }
            };
        }
    }

    @Breaks("converter.17")
    static class HasADateOfItsOwn extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml.replaceAll("\r\nDate: .*\r\n", "\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\n");
                }
            };
        }
    }

    @Breaks("converter.18")
    static class HasOneMessageIdForAll extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                String change(String eml, SourceItem item) {
                    return eml.replaceAll("\r\nMessage-ID: .*\r\n", "\r\nMessage-ID: <one@x.example>\r\n");
                }

                @Override
                Envelope envelope(Envelope e) {
                    return with(e, e.key(), "<one@x.example>", e.subject(), e.participants(), e.attachments());
                }
            };
        }
    }

    @Breaks("converter.19")
    static class SwallowsAReadingError extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
                    try {
                        ConvertedMessage message = super.convert(item, key, raw);
                        byte[] eml = Bytes.of(message.eml());
                        return new ConvertedMessage(message.envelope(), out -> out.write(eml));
                    } catch (IOException e) {
                        return super.convert(item.withAttachments(List.of()), key, raw);
                    }
                }
            };
        }
    }

    @Breaks("converter.19")
    static class TakesAReadingErrorForABug extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) {
                    try {
                        ConvertedMessage message = super.convert(item, key, raw);
                        byte[] eml = Bytes.of(message.eml());
                        return new ConvertedMessage(message.envelope(), out -> out.write(eml));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }

    @Breaks("converter.20")
    static class SwallowsAnErrorOfTheStream extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                void write(ContentWriter eml, SourceItem item, OutputStream out) throws IOException {
                    byte[] bytes = Bytes.of(eml);
                    try {
                        out.write(bytes);
                    } catch (IOException e) {
                        return;
                    }
                }
            };
        }
    }

    @Breaks("converter.21")
    static class ClosesTheStream extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter() {
                @Override
                void write(ContentWriter eml, SourceItem item, OutputStream out) throws IOException {
                    eml.writeTo(out);
                    out.close();
                }
            };
        }
    }
}
