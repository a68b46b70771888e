// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes an archive a CellTrust archive: the names and rules that the pipeline itself knows nothing of.
 *
 * @param name the connector's unique name; 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}; part of every
 *     item's identity, so it is never changed
 * @param folder the folder path below the mailbox, such as {@code Inbox/CellTrust}
 * @param messageClass the message class (PidTagMessageClass, MS-OXCMSG section 2.2.1.3) to which the kind is appended
 * @param headerPrefix what the extension headers start with, such as {@code X-CellTrust}
 * @param zone the time zone of sources whose times have none, or null if that is an error
 * @param ownedDomains domains whose addresses are the firm's own, in lower case
 * @param sizePolicy how large a message may become
 * @param domain the right-hand side of Message-IDs and of stand-in addresses for people without email
 */
public record ConnectorProfile(
        String name,
        String folder,
        String messageClass,
        String headerPrefix,
        @Nullable ZoneId zone,
        Set<String> ownedDomains,
        SizePolicy sizePolicy,
        String domain) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    private static final int MAX_DOMAIN = 253; // RFC 1035 section 2.3.4, as text
    private static final Pattern HEADER = Pattern.compile("X-[A-Za-z0-9-]{1,40}");
    private static final Pattern MESSAGE_CLASS = Pattern.compile("[\\x21-\\x7E]{1,90}[\\x21-\\x2D\\x2F-\\x7E]");

    /** Checks nothing but nulls; {@link #problems()} names the rest, which {@link Builder#build()} refuses. */
    public ConnectorProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(messageClass, "messageClass");
        Objects.requireNonNull(headerPrefix, "headerPrefix");
        ownedDomains = Set.copyOf(ownedDomains);
        Objects.requireNonNull(sizePolicy, "sizePolicy");
        Objects.requireNonNull(domain, "domain");
    }

    /**
     * The reference system's profile under this name: folder {@code Inbox/CellTrust}, message class
     * {@code IPM.ExternalData.CellTrust}, headers {@code X-CellTrust-…}, domain {@code sms.celltrust.invalid}, no owned
     * domains, no zone, {@link SizePolicy#DEFAULT}.
     */
    public static ConnectorProfile cellTrust(String name) {
        return builder(name).build();
    }

    /** Starts from the values of {@link #cellTrust(String)}. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The message class of items of this kind: letters and digits of the kind appended after a dot. */
    public String messageClass(String kind) {
        String suffix = kind.replaceAll("[^A-Za-z0-9]", "");
        return suffix.isEmpty()
                ? messageClass
                : messageClass + "." + suffix.substring(0, Math.min(32, suffix.length()));
    }

    /** Every component that is out of its bounds, and what those are; empty for a profile that can be used. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(problems, NAME.matcher(name).matches(), "name must be 1 to 64 letters, digits, '-', '_' or '.'");
        check(problems, validFolder(folder), "folder must be names separated by '/'");
        check(problems, MESSAGE_CLASS.matcher(messageClass).matches(), "messageClass must be printable ASCII");
        check(problems, HEADER.matcher(headerPrefix).matches(), "headerPrefix must look like X-CellTrust");
        ownedDomains.forEach(d -> check(problems, DOMAIN.matcher(d).matches(), "not a domain: " + d));
        boolean fits = domain.length() <= MAX_DOMAIN && DOMAIN.matcher(domain).matches();
        check(problems, fits, "domain must be a lower-case domain of at most 253 characters");
        return problems;
    }

    private static void check(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static boolean validFolder(String folder) {
        for (String part : folder.split("/", -1)) {
            if (part.isBlank()
                    || part.equals(".")
                    || part.equals("..")
                    || part.chars().anyMatch(c -> c < 32)) {
                return false;
            }
        }
        return true;
    }

    /** Collects the components of a {@link ConnectorProfile}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String folder = "Inbox/CellTrust";
        private String messageClass = "IPM.ExternalData.CellTrust";
        private String headerPrefix = "X-CellTrust";
        private @Nullable ZoneId zone;
        private Set<String> ownedDomains = Set.of();
        private SizePolicy sizePolicy = SizePolicy.DEFAULT;
        private String domain = "sms.celltrust.invalid";

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Default {@code Inbox/CellTrust}. Names separated by {@code /}, none empty, {@code .} or {@code ..}. */
        public Builder folder(String value) {
            folder = value;
            return this;
        }

        /** Default {@code IPM.ExternalData.CellTrust}. Printable ASCII, at most 91 characters, no dot at the end. */
        public Builder messageClass(String value) {
            messageClass = value;
            return this;
        }

        /** Default {@code X-CellTrust}. */
        public Builder headerPrefix(String value) {
            headerPrefix = value;
            return this;
        }

        /** Default null: a time without a zone is an error. */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** Default none. Case doesn't matter. */
        public Builder ownedDomains(Collection<String> values) {
            ownedDomains = values.stream().map(d -> d.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /** Default {@link SizePolicy#DEFAULT}. */
        public Builder sizePolicy(SizePolicy value) {
            sizePolicy = value;
            return this;
        }

        /** Default {@code sms.celltrust.invalid}. A lower-case domain of at least two labels. */
        public Builder domain(String value) {
            domain = value;
            return this;
        }

        /**
         * The profile.
         *
         * @throws IllegalStateException naming every component that is out of its bounds
         */
        public ConnectorProfile build() {
            ConnectorProfile profile = new ConnectorProfile(
                    name, folder, messageClass, headerPrefix, zone, ownedDomains, sizePolicy, domain);
            List<String> problems = profile.problems();
            if (!problems.isEmpty()) {
                throw new IllegalStateException("connector profile: " + String.join("; ", problems));
            }
            return profile;
        }
    }
}
