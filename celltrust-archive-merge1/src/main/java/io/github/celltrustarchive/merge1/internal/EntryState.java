// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.fs.WithFileAttributes;

/**
 * What an entry of a listing is. An SFTP server says so in the listing itself: asking it for each of 100,000 files again would
 * take a round trip each.
 *
 * @param time of the last change, in milliseconds
 */
record EntryState(boolean isLink, boolean isFolder, boolean isFile, long size, long time) {

    static EntryState of(Path entry) throws IOException {
        if (entry instanceof WithFileAttributes remote) {
            SftpClient.Attributes listed = remote.getAttributes();
            boolean complete = listed != null
                    && listed.getFlags().contains(SftpClient.Attribute.Size)
                    && listed.getFlags().contains(SftpClient.Attribute.Perms)
                    && listed.getFlags().contains(SftpClient.Attribute.ModifyTime);
            if (complete) {
                return new EntryState(
                        listed.isSymbolicLink(),
                        listed.isDirectory(),
                        listed.isRegularFile(),
                        listed.getSize(),
                        listed.getModifyTime().toMillis());
            }
        }
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new EntryState(
                attributes.isSymbolicLink(),
                attributes.isDirectory(),
                attributes.isRegularFile(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }
}
