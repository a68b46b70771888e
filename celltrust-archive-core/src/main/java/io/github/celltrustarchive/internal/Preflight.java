// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.PreflightReport.Line;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks every part what it finds before a run, and looks at what no part can see alone. */
public final class Preflight {

    /** Base64 in lines of 76 characters. */
    private static final double ENCODING = 4.0 / 3 * 78 / 76;

    /** Headers, HTML and notes, amply. */
    private static final long HEAD = 256 * 1024;

    private final Parts parts;
    private final List<Line> lines = new ArrayList<>();

    /** A look at these parts. */
    public Preflight(Parts parts) {
        this.parts = parts;
    }

    /** What was found. */
    public PreflightReport look() throws InterruptedException {
        SourceAdapter source = parts.source();
        MailboxSink sink = parts.sink();
        ask("ledger", () -> parts.ledger().preflight());
        if (source != null) {
            ask("source", source::preflight);
        }
        ask("stage", () -> parts.stager().preflight());
        if (sink != null) {
            ask("user mapper", () -> parts.mapper().preflight());
            ask("mailboxes", sink::preflight);
            ask("settings", () -> sizes(sink));
        }
        return new PreflightReport(parts.profile().name(), lines);
    }

    private void ask(String part, Question question) throws InterruptedException {
        try {
            question.answer().forEach(check -> lines.add(new Line(part, check)));
        } catch (ArchiveException e) {
            lines.add(new Line(part, Check.fail(String.valueOf(e.getMessage()), "mend it, then check again")));
        } catch (IOException | RuntimeException e) {
            // its message may quote anything
            String what = "the check itself failed with " + Faults.typeOf(e);
            lines.add(new Line(part, Check.fail(what, "look at the part's own log, then check again")));
        }
    }

    /** Whether what the size policy lets pass is too much for the sink, which would hold it. */
    private List<Check> sizes(MailboxSink sink) {
        long takes = sink.traits().maxMessageBytes();
        long content = parts.profile().sizePolicy().maxMessageBytes();
        if (takes >= encoded(content)) {
            return List.of(Check.pass("the size policy lets nothing pass that the mailboxes don't take"));
        }
        long fits = (long) Math.max(0, (takes - HEAD) / ENCODING);
        return List.of(Check.warn(
                "the size policy lets " + content + " bytes of content pass, the mailboxes take emails of " + takes
                        + " bytes; larger ones will be held",
                "set the size policy's limits to " + fits + " bytes, and what doesn't fit is left out instead"));
    }

    private static double encoded(long content) {
        return content * ENCODING + HEAD;
    }

    @FunctionalInterface
    private interface Question {
        List<Check> answer() throws IOException, InterruptedException;
    }
}
