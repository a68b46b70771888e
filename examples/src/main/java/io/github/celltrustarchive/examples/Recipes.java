// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static io.github.celltrustarchive.source.CsvValue.column;
import static io.github.celltrustarchive.source.CsvValue.constant;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchiveSchedule;
import io.github.celltrustarchive.ArchiveSchedule.PipelineFactory;
import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.GraphMailboxProbe;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.ProbeReport;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.mail.JakartaMailConverter;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.report.PreflightText;
import io.github.celltrustarchive.report.PreviewText;
import io.github.celltrustarchive.source.CsvParticipant;
import io.github.celltrustarchive.source.CsvRecordParser;
import io.github.celltrustarchive.source.CsvSource;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.source.SpoolSource;
import io.github.celltrustarchive.source.TimeFormat;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.spi.ScheduleListener;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.spi.UserMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The short recipes of the README. */
final class Recipes {

    private Recipes() {}

    /** Whose number was it then? */
    interface PhoneBook {
        @Nullable
        String ownerOf(@Nullable String phone, Instant at);
    }

    static UserMapper mapper(PhoneBook phoneBook) {
        // README begin
        UserMapper mapper = (participant, at) -> {
            String owner = phoneBook.ownerOf(participant.phone(), at);
            return owner == null
                    ? Mapping.unmapped("nobody had this number then")
                    : Mapping.to(new Mailbox(owner, owner + "@bank.example"), "phone book");
        };
        // README end
        return mapper;
    }

    static SourceAdapter csv(Path exports) {
        // README begin
        CsvRecordParser columns = CsvRecordParser.builder()
                .id(column("Message Id"))
                .kind(constant("SMS"))
                .sent(column("Sent at"))
                .timeFormat(TimeFormat.pattern("dd/MM/yyyy HH:mm:ss"))
                .zone(ZoneId.of("America/Toronto"))
                .from(CsvParticipant.ofPhone(column("From")).withName(column("Sender")))
                .to(CsvParticipant.ofPhone(column("To")).separatedBy(";"))
                .text(column("Message"))
                .attachments(column("Files"), "|")
                .property("carrier", column("Network"))
                .ignore("Row", "Cost")
                .delimiter(';')
                .build();
        SourceAdapter source = CsvSource.of(exports, columns);
        // README end
        return source;
    }

    static ArchivePipeline microsoft365(ConnectorProfile profile, Path exports, Path users, Ledger ledger)
            throws IOException {
        // README begin
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL;
        TokenSource tokens = EntraCredentials.fromEnvironment(System.getenv()).tokens(cloud);
        GraphUserMapper directory = GraphUserMapper.builder(cloud, tokens)
                .ownedDomains(profile.ownedDomains())
                .build();
        return ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(exports))
                .mapper(directory.identifying(CsvUserMapper.load(users)).orElse(directory))
                .stager(AzureBlobStager.builder(cloud, "bankarchive", "stage")
                        .tokens(tokens)
                        .build())
                .sink(GraphMailboxSink.builder(cloud, tokens, profile).build())
                .ledger(ledger)
                .parallelMailboxes(8)
                .build();
        // README end
    }

    static ProbeReport probe(MicrosoftCloud cloud, TokenSource tokens, ConnectorProfile profile)
            throws IOException, InterruptedException {
        // README begin
        GraphMailboxProbe probe =
                GraphMailboxSink.builder(cloud, tokens, profile).buildProbe();
        ProbeReport report = probe.run("archive.test@bank.example", false);
        // README end
        return report;
    }

    static ArchivePipeline options(
            ConnectorProfile profile,
            SourceAdapter source,
            UserMapper mapper,
            Stager stager,
            MailboxSink sink,
            Ledger ledger,
            ArchiveListener metrics) {
        // README begin
        return ArchivePipeline.builder(profile)
                .source(source)
                .mapper(mapper)
                .stager(stager)
                .sink(sink)
                .ledger(ledger)
                .exclude("receipts", item -> item.kind().equals("RECEIPT"))
                .parallelMailboxes(8)
                .listener(metrics)
                .build();
        // README end
    }

    static RunReport collectOnly(ConnectorProfile profile, SourceAdapter source, Stager stager, Ledger ledger)
            throws InterruptedException {
        // README begin
        try (ArchivePipeline collector = ArchivePipeline.builder(profile)
                .source(source)
                .stager(stager)
                .ledger(ledger)
                .build()) {
            return collector.collect();
        }
        // README end
    }

    static ArchiveSchedule schedule(PipelineFactory pipelines, ScheduleListener pager) {
        // README begin
        ArchiveSchedule schedule = ArchiveSchedule.builder(pipelines) // a new pipeline for each run
                .dailyAt(LocalTime.of(2, 0), ZoneId.of("America/New_York"))
                .listener(pager)
                .build();
        schedule.start(); // and close() when the host ends
        // README end
        return schedule;
    }

    static RunReport checkFirst(ArchivePipeline pipeline, Appendable screen) throws IOException, InterruptedException {
        // README begin
        PreflightReport ready = pipeline.preflight();
        PreflightText.write(ready, screen);
        if (!ready.passed()) {
            throw new IllegalStateException("the archive isn't ready: " + ready);
        }
        // README end
        return pipeline.run();
    }

    static void preview(ArchivePipeline pipeline, Appendable screen) throws IOException, InterruptedException {
        // README begin
        PreviewReport preview = pipeline.preview(10_000); // at most so many records
        PreviewText.write(preview, screen);
        // README end
    }

    static ConnectorProfile connectorCompatible() {
        // README begin
        ConnectorProfile profile = ConnectorProfile.builder("sms")
                .ownedDomains(Set.of("bank.example"))
                .sizePolicy(SizePolicy.connectorCompatible())
                .build();
        // README end
        return profile;
    }

    static SpoolSource push(Path folder, Content body) throws IOException, InterruptedException {
        // README begin
        SpoolSource spool = new SpoolSource(folder, JsonRecordParser.ofDefaults());
        spool.accept(new RawRecord("application/json", body, "request")); // in the request handler
        // README end
        return spool;
    }

    static MessageConverter subjects(ConnectorProfile profile) {
        // README begin
        MessageConverter converter = EmlMessageConverter.builder(profile)
                .subject("{kind} from {sender}[ to {recipients}] on {date}")
                .subject("CALL", "Call of {sender}[ with {recipients}]")
                .displayZone(ZoneId.of("America/Toronto"))
                .build();
        // README end
        return converter;
    }

    static RunReport releaseHeld(ArchivePipeline pipeline) throws InterruptedException {
        // README begin
        OperatorReport report = pipeline.release(Selection.all(), "j.doe"); // the cause is mended
        pipeline.run();
        // README end
        return report.run();
    }

    // README begin
    static final class ShortConverter extends JakartaMailConverter {
        ShortConverter(ConnectorProfile profile) {
            super(profile);
        }

        @Override
        protected void fill(MimeMessage message, SourceItem item) throws MessagingException {
            message.setSubject("Message of " + item.sender().displayName());
            message.setText(item.text());
        }
    }
    // README end
}
