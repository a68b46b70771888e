// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.FolderCheck;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before a run, whether Graph can be reached, takes the token and lets a mailbox be read; whether the clocks agree; whether there
 * is room for large emails. Writes nothing into any mailbox.
 */
final class GraphChecks {

    /** No user has it; an answer about it comes from behind the check of the token. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final SinkSettings settings;
    private final GraphCalls calls;

    GraphChecks(SinkSettings settings, GraphCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    List<Check> run() throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        if (checkToken(checks)) {
            checkGraph(checks);
        }
        checks.addAll(FolderCheck.of(new DiskStorage(), settings.temporaryFolder(), settings.temporaryFolder()));
        return checks;
    }

    private boolean checkToken(List<Check> checks) throws InterruptedException {
        String scope = settings.cloud().graphScope();
        try {
            settings.tokens().token(scope, null);
            checks.add(Check.pass("a token for " + scope + " is granted"));
            return true;
        } catch (IOException e) {
            checks.add(Check.fail(
                    "no token for " + scope + " now: " + e.getClass().getSimpleName(),
                    "check the way to " + settings.cloud().login() + ": proxy, firewall, name resolution"));
        } catch (ArchiveException e) {
            checks.add(Check.fail(
                    "no token for " + scope + ": " + e.getMessage(),
                    "check tenant, client id and credentials, and that the cloud is the tenant's"));
        }
        return false;
    }

    private void checkGraph(List<Check> checks) throws InterruptedException {
        String server = settings.cloud().graph().getHost();
        @Nullable String mailbox = settings.checkedMailbox();
        String path = MessagePlace.mailboxPath(mailbox == null ? NOBODY : mailbox) + "/mailFolders/inbox?$select=id";
        try {
            GraphCalls.Seen seen = calls.look(GraphRequest.get(path, null));
            checks.add(Check.pass(server + " answers"));
            seen.serverTime()
                    .ifPresentOrElse(
                            time -> checks.add(Check.clockSkew(server, seen.at(), time)),
                            () -> checks.add(Check.warn(
                                    server + " tells no time", "look whether something between rewrites its answers")));
            checks.add(mailbox == null ? withoutMailbox(seen) : withMailbox(seen));
        } catch (IOException | ArchiveException e) {
            checks.add(Check.fail(
                    server + " doesn't answer: " + e.getClass().getSimpleName(),
                    "check the way to it: proxy, firewall, name resolution, certificates"));
        }
    }

    private static Check withMailbox(GraphCalls.Seen seen) {
        return seen.refusal()
                .map(refusal -> Check.fail("the mailbox to look at: " + refusal.text(), "mend it before the run"))
                .orElseGet(
                        () -> Check.pass("the mailbox to look at can be read; whether it can be written to, the first "
                                + "delivery tells"));
    }

    private static Check withoutMailbox(GraphCalls.Seen seen) {
        GraphError.@Nullable Meaning meaning =
                seen.refusal().map(GraphError::meaning).orElse(null);
        if (meaning == GraphError.Meaning.UNAUTHENTICATED) {
            return Check.fail("Microsoft Graph refuses the token", "check that the cloud is the tenant's");
        }
        if (meaning == GraphError.Meaning.NOT_FROM_GRAPH) {
            return Check.fail(
                    "Microsoft Graph isn't what answers, something between does", "look at proxy and firewall");
        }
        if (meaning == GraphError.Meaning.NO_MAILBOX || meaning == GraphError.Meaning.NOT_FOUND) {
            return Check.pass("Microsoft Graph takes the token");
        }
        return Check.warn(
                "whether mailboxes may be written to can't be told",
                "name a mailbox to look at with checkedMailbox, and grant Mail.ReadWrite for it");
    }
}
