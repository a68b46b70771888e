// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.RawRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The digest of what an email means, and its attachments on the way. Every field is its length as eight bytes followed by its
 * bytes (docs/merge1-drop.md, "Identity"). Not thread-safe.
 */
final class Meaning implements MimeWalk.Visitor {

    /** How many attachments an item lists; the digest covers all. */
    static final int MAX_ATTACHMENTS = 1_000;

    private final RawRecord record;
    private final MessageDigest digest = sha256();
    private final MessageDigest body = sha256();
    private final MessageDigest raw = sha256();
    private final MessageDigest outside = sha256();
    private final CRC32 crc32 = new CRC32();
    private final List<Attachment> attachments = new ArrayList<>();
    private boolean outsideText;
    private long size;
    private int leaves;
    private String type = "";
    private String fileName = "";
    private boolean attached;

    Meaning(RawRecord record) {
        this.record = record;
        text("celltrust-archive/merge1-eml/1");
    }

    /** A header field that is part of the meaning, with all its values. */
    void field(String name, List<String> values) {
        if (!values.isEmpty()) {
            text(name);
            number(values.size());
            values.forEach(value -> field(value.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Override
    public void multipart(String subtype) {
        text("multipart");
        text(subtype);
    }

    @Override
    public void endMultipart() {
        text("end");
    }

    @Override
    public void leaf(ContentTypeField contentType, ContentTypeField disposition) {
        String given = contentType.value();
        type = given.isEmpty() ? "text/plain" : given;
        String name = disposition.decoded("filename");
        fileName = name.isEmpty() ? contentType.decoded("name") : name;
        attached = !fileName.isEmpty() || disposition.value().equals("attachment");
        size = 0;
        crc32.reset();
    }

    @Override
    public void body(byte[] bytes, int from, int length) {
        body.update(bytes, from, length);
        crc32.update(bytes, from, length);
        size += length;
    }

    @Override
    public void raw(byte[] bytes, int from, int length) {
        raw.update(bytes, from, length);
    }

    @Override
    public void endLeaf(boolean sound) {
        byte[] sha256 = body.digest();
        byte[] asItStands = raw.digest();
        text("part");
        text(type);
        text(fileName);
        field(sha256);
        if (!sound) {
            field(asItStands); // what decoding passed over counts too
        }
        if (attached && attachments.size() < MAX_ATTACHMENTS) {
            PartContent content = new PartContent(record.bytes(), leaves, size);
            String hex = HexFormat.of().formatHex(sha256);
            attachments.add(new Attachment(fileName, type, new DigestedContent(content, size, hex, crc32.getValue())));
        }
        leaves++;
    }

    /** Text beside the parts counts unless it is blank: where boundaries are broken it is the message. */
    @Override
    public void outside(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                outside.update(bytes, from, length);
                outside.update((byte) '\n');
                outsideText = true;
                return;
            }
        }
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /** The digest of everything so far, as 64 lower-case hexadecimal digits. To be called once. */
    String hex() {
        if (outsideText) {
            text("outside");
            field(outside.digest());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void text(String text) {
        field(text.getBytes(StandardCharsets.UTF_8));
    }

    private void field(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (value >>> shift));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
