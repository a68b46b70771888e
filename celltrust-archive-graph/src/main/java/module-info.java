// SPDX-License-Identifier: Apache-2.0
/** Archives into Microsoft 365: Entra credentials, directory mapping, mailbox sink, blob staging. */
module io.github.celltrustarchive.graph {
    exports io.github.celltrustarchive.graph;

    requires static transitive org.jspecify;
    requires transitive io.github.celltrustarchive.core;
    requires transitive java.net.http;
    requires com.azure.core;
    requires com.azure.storage.blob;
    requires com.azure.storage.common;
    requires com.fasterxml.jackson.databind;
    requires com.microsoft.aad.msal4j;
    requires jakarta.activation;
    requires jakarta.mail;
    requires org.slf4j;
}
