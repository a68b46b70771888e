// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.model.ConnectorProfile;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the mailbox sink is made of; the builder has checked it.
 *
 * @param cloud where Graph is
 * @param tokens for it
 * @param profile the connector's names
 * @param markRead whether messages are marked read
 * @param attachOriginal whether every message gets its email as an attachment
 * @param noteClass whether the message class is below {@code IPM.Note}
 * @param reducedFidelity whether a refused message is written without what Graph may have refused
 * @param mimeImport whether messages are created by the beta action
 * @param temporaryFolder for large emails while they are written
 * @param settleTime how long an unanswered request may still take effect
 * @param checkedMailbox the mailbox that is looked at before a run, or null
 * @param limits what may be asked of one mailbox
 * @param deadline for one request and its answer
 * @param client doesn't follow redirects
 * @param clock the only one
 * @param sleeper lets time pass
 * @param random for request ids
 */
public record SinkSettings(
        MicrosoftCloud cloud,
        TokenSource tokens,
        ConnectorProfile profile,
        boolean markRead,
        boolean attachOriginal,
        boolean noteClass,
        boolean reducedFidelity,
        boolean mimeImport,
        Path temporaryFolder,
        Duration settleTime,
        @Nullable String checkedMailbox,
        MailboxBudgets.Limits limits,
        Duration deadline,
        HttpClient client,
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random) {

    /** How messages are made. */
    MessageSettings messages() {
        return MessageSettings.of(profile)
                .withRead(markRead)
                .withAttachOriginal(attachOriginal)
                .withNoteClass(noteClass);
    }

    @Override
    public String toString() {
        return "SinkSettings[" + cloud.name() + "]";
    }
}
