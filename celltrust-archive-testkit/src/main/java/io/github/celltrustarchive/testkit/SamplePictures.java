// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/** Small valid pictures, the same bytes on every machine: nothing is left to a compressor. */
final class SamplePictures {

    /** Eight by eight pixels of grey, baseline JPEG. */
    private static final String JPEG =
            "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1x"
                    + "eXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
                    + "NP/Z";

    private SamplePictures() {}

    /** A picture with this comment in it, so that no two are equal. */
    static byte[] jpeg(String comment) {
        byte[] picture = Base64.getDecoder().decode(JPEG);
        byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(picture, 0, 2); // SOI, then the comment segment of ITU T.81 section B.2.4.5
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (text.length + 2)});
        out.writeBytes(text);
        out.write(picture, 2, picture.length - 2);
        return out.toByteArray();
    }

    /** Twelve by twelve pixels from one colour to another. */
    static byte[] png(int red, int green, int blue) {
        int side = 12;
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int y = 0; y < side; y++) {
            pixels.write(0); // no filter
            for (int x = 0; x < side; x++) {
                pixels.writeBytes(new byte[] {(byte) (red + 9 * x), (byte) (green + 9 * y), (byte) blue});
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(out, "IHDR", new byte[] {0, 0, 0, (byte) side, 0, 0, 0, (byte) side, 8, 2, 0, 0, 0});
        chunk(out, "IDAT", stored(pixels.toByteArray()));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** A zlib stream (RFC 1950) of one stored block (RFC 1951 section 3.2.4). */
    private static byte[] stored(byte[] bytes) {
        int n = bytes.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x78, 0x01, 1, (byte) n, (byte) (n >> 8), (byte) ~n, (byte) (~n >> 8)});
        out.writeBytes(bytes);
        Adler32 checksum = new Adler32();
        checksum.update(bytes);
        number(out, (int) checksum.getValue());
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        number(out, data.length);
        out.writeBytes(name);
        out.writeBytes(data);
        number(out, (int) checksum.getValue());
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.writeBytes(new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }
}
