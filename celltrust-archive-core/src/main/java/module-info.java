// SPDX-License-Identifier: Apache-2.0
/** Archives messages once, as email, in the mailbox of every participant. */
module io.github.celltrustarchive.core {
    exports io.github.celltrustarchive;
    exports io.github.celltrustarchive.io;
    exports io.github.celltrustarchive.ledger;
    exports io.github.celltrustarchive.mail;
    exports io.github.celltrustarchive.mailbox;
    exports io.github.celltrustarchive.mapping;
    exports io.github.celltrustarchive.model;
    exports io.github.celltrustarchive.report;
    exports io.github.celltrustarchive.source;
    exports io.github.celltrustarchive.spi;
    exports io.github.celltrustarchive.staging;

    requires static transitive org.jspecify;
    requires transitive jakarta.mail;
    requires transitive java.sql;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires de.siegmar.fastcsv;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires org.eclipse.angus.mail;
    requires java.xml;
    requires org.slf4j;
}
