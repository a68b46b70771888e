// SPDX-License-Identifier: Apache-2.0
/** A Merge1 site as a source: drop folders of EML, local or over SFTP, and an HTTPS site client. */
@SuppressWarnings("module") // the product's name ends with a digit
module io.github.celltrustarchive.merge1 {
    exports io.github.celltrustarchive.merge1;

    requires static transitive org.jspecify;
    requires transitive io.github.celltrustarchive.core;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires org.apache.sshd.osgi;
    requires org.apache.sshd.sftp;
    requires org.slf4j;
}
