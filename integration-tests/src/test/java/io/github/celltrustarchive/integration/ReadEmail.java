// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import java.util.List;

/**
 * An email as some reader understands it.
 *
 * @param headers in order; of address fields each mailbox as {@code name|address}, one per line
 * @param text the text part
 * @param files the attachments that are really there
 */
public record ReadEmail(List<Header> headers, String text, List<File> files) {

    /** A header field, unfolded and decoded. */
    public record Header(String name, String value) {}

    /** An attachment: display name, media type, SHA-256 of its bytes. */
    public record File(String name, String type, String sha256) {}
}
