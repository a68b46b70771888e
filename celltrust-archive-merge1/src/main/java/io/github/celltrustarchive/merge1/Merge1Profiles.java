// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.ConnectorProfile;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The 29 sources that Microsoft lists as connectors by Veritas, Merge1 (Microsoft Purview, "Archive third-party data"), as
 * {@linkplain ConnectorProfile profiles}: they share one pipeline and differ in names.
 *
 * <ul>
 *   <li><b>Folder</b>: {@code Inbox/} and the source's name. Microsoft says so for CellTrust, Redtail Speak and Text-delimited; an
 *       assumption for the others, whose articles follow the same template.
 *   <li><b>Message class</b>: {@code IPM.ExternalData.} and the name without blanks, Microsoft's rule for searching by
 *       {@code itemclass}. Characters other than letters and digits (the hyphen, the slash) are left out as well, which is an
 *       assumption.
 *   <li><b>Header prefix</b>: {@code X-} and the same letters and digits: an assumption; no public page shows a header of
 *       any of them.
 *   <li><b>Domain</b> of stand-in addresses: {@code merge1.invalid}, and CellTrust's own for CellTrust: ours, in the domain that
 *       can never exist (RFC 2606).
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Merge1Profiles {

    private static final List<Source> ALL = List.of(
            source("CellTrust"),
            source("Cisco Jabber on MS SQL"),
            source("Cisco Jabber on Oracle"),
            source("Cisco Jabber on PostgreSQL"),
            source("EML"),
            source("FX Connect"),
            source("Jive"),
            source("MS SQL Database"),
            source("Pivot"),
            source("Redtail Speak"),
            source("Reuters Dealing"),
            source("Reuters Eikon"),
            source("Reuters FX"),
            source("RingCentral"),
            source("Salesforce Chatter"),
            source("ServiceNow"),
            source("Skype for Business"),
            source("Slack eDiscovery"),
            source("Symphony"),
            source("Text-delimited"),
            source("Twitter"),
            source("Webex Teams"),
            source("Webpages"),
            source("Workplace from Facebook"),
            source("XIP"),
            source("XSLT/XML"),
            source("Yieldbroker"),
            source("YouTube"),
            source("Zoom Meetings"));

    private Merge1Profiles() {}

    /**
     * One source.
     *
     * @param name as Microsoft's list spells it
     * @param folder below the mailbox
     * @param messageClass to which the kind is appended
     * @param headerPrefix what its extension headers start with
     * @param domain of stand-in addresses
     */
    public record Source(String name, String folder, String messageClass, String headerPrefix, String domain) {

        /**
         * The profile of a connector for this source. Its other options are those of {@link ConnectorProfile#builder}.
         *
         * @param connectorName the connector's unique name
         * @throws IllegalStateException if the name is out of its bounds
         */
        public ConnectorProfile profile(String connectorName) {
            return builder(connectorName).build();
        }

        /** The same, to go on from. */
        public ConnectorProfile.Builder builder(String connectorName) {
            return ConnectorProfile.builder(connectorName)
                    .folder(folder)
                    .messageClass(messageClass)
                    .headerPrefix(headerPrefix)
                    .domain(domain);
        }
    }

    /** All of them, in the order of Microsoft's list. */
    public static List<Source> all() {
        return ALL;
    }

    /** The source of this name, in any case; empty if it isn't one of the list. */
    public static Optional<Source> find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(source -> source.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    /**
     * The source of this name, in any case, such as {@code Redtail Speak}.
     *
     * @throws NoSuchElementException naming the sources there are, if it isn't one of them
     */
    public static Source named(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("Merge1's sources are "
                        + String.join(", ", ALL.stream().map(Source::name).toList())));
    }

    private static Source source(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9]", "");
        boolean cellTrust = name.equals("CellTrust");
        return new Source(
                name,
                "Inbox/" + name.replace('/', '-'), // a slash would be a folder in a folder
                "IPM.ExternalData." + letters,
                "X-" + letters,
                cellTrust ? "sms.celltrust.invalid" : "merge1.invalid");
    }
}
