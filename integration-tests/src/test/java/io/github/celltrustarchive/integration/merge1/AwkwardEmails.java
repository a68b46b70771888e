// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Emails from Ann to Bob that mail software stumbles over, by what is awkward about them. */
final class AwkwardEmails {

    private static final String HEAD = """
            From: Ann <ann@bank.example>
            To: Bob <bob@customer.example>
            Date: Mon, 02 Mar 2026 09:15:30 -0500
            Message-ID: <%1$s@merge1.example>
            Subject: SMS %1$s
            """.replace("\n", "\r\n");

    private AwkwardEmails() {}

    /** Those that say who took part and when: archived as they are. */
    static Map<String, byte[]> attributable() {
        Map<String, byte[]> emails = new LinkedHashMap<>();
        emails.put("plain", bytes(head("plain") + "\r\nHi\r\n"));
        emails.put("no body and no empty line", bytes(head("no-body")));
        emails.put("no line end at all", bytes(head("no-end") + "\r\nHi"));
        emails.put("line feeds alone", bytes((head("lf") + "\r\nHi\r\nthere").replace("\r\n", "\n")));
        emails.put("carriage returns alone", bytes((head("cr") + "\r\nHi\r\nthere").replace("\r\n", "\r")));
        emails.put("bare line ends in the body", bytes(head("bare") + "\r\na\rb\nc\r\r\nd\n\r\n"));
        emails.put("no message id", bytes(head("none").replaceFirst("Message-ID.*\r\n", "") + "\r\nnone\r\n"));
        emails.put("a shared message id", bytes(head("shared") + "\r\none\r\n"));
        emails.put("a shared message id again", bytes(head("shared") + "\r\nanother\r\n"));
        emails.put("no recipients", bytes(head("no-to").replaceFirst("To:.*\r\n", "") + "\r\nHi\r\n"));
        emails.put(
                "no sender but the Email field",
                bytes(head("no-from").replaceFirst("From:.*\r\n", "X-CellTrust-Email: ann@bank.example\r\n")
                        + "\r\nHi\r\n"));
        emails.put(
                "an mbox line first",
                bytes("From ann@bank.example Mon Mar  2 09:15:30 2026\r\n" + head("mbox") + "\r\nHi"));
        emails.put("lines that are no fields", bytes("garbage\r\n" + head("garbage") + ": x\r\n=?=\r\n\r\nHi\r\n"));
        emails.put("8-bit header", latin(head("eight").replace("SMS", "\u00e9\u00ff") + "\r\nHi\r\n"));
        emails.put("odd charset", bytes(head("odd") + "Content-Type: text/plain; charset=\"x-none\"\r\n\r\nHi\r\n"));
        emails.put("wrong charset", latin(head("wrong") + "Content-Type: text/plain; charset=utf-8\r\n\r\n\u00e9\r\n"));
        emails.put(
                "UTF-16 body",
                concat(
                        bytes(head("utf16") + "Content-Type: text/plain; charset=utf-16\r\n\r\n"),
                        "Hi\r\n".getBytes(StandardCharsets.UTF_16)));
        emails.put("NUL bytes", bytes(head("nul") + "\r\n\0a\0\r\n\0"));
        emails.put(
                "a megabyte of one field",
                bytes("X-Big: " + "x".repeat(1 << 20) + "\r\n" + head("big") + "\r\nHi\r\n"));
        emails.put("a megabyte of fields", bytes("X-Many: x\r\n".repeat(100_000) + head("many") + "\r\nHi\r\n"));
        emails.put("a line of a megabyte", bytes(head("line") + "\r\n" + "x".repeat(1 << 20)));
        parts(emails);
        return emails;
    }

    private static void parts(Map<String, byte[]> emails) {
        String multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
        emails.put("a boundary that never comes", bytes(head("never") + multipart + "Hi\r\n"));
        emails.put("a boundary without an end", bytes(head("open") + multipart + "--b\r\n\r\nHi\r\n"));
        emails.put(
                "an empty boundary",
                bytes(head("empty") + multipart.replace("=b", "=\"\"") + "--\r\n\r\nHi\r\n----\r\n"));
        emails.put("no boundary", bytes(head("no-b") + multipart.replace("; boundary=b", "") + "--b\r\n\r\nHi\r\n"));
        emails.put("a part without a header's end", bytes(head("part") + multipart + "--b\r\nHi: there\r\n--b--\r\n"));
        emails.put(
                "text behind the end",
                bytes(head("behind") + multipart + "--b\r\n\r\nHi\r\n--b--\r\nbehind\r\n--b\r\n\r\nx"));
        emails.put("Base64 that is none", bytes(head("b64") + "Content-Transfer-Encoding: base64\r\n\r\n$%&=A==B\r\n"));
        emails.put("an unknown encoding", bytes(head("enc") + "Content-Transfer-Encoding: x-rot13\r\n\r\nUv\r\n"));
        StringBuilder deep = new StringBuilder(head("deep") + multipart);
        for (int i = 0; i < 5_000; i++) {
            deep.append(i == 0 ? "--b" : "--b" + i)
                    .append("\r\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\r\n\r\n");
        }
        emails.put("five thousand levels", bytes(deep.toString()));
        SplittableRandom random = new SplittableRandom(29);
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            String[] pieces = {
                "--b\r\n", "--b--\r\n", "--c\r\n", multipart, "Content-Type: message/rfc822\r\n\r\n", "=\r\n", "\r"
            };
            StringBuilder shuffled = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                shuffled.append(pieces[random.nextInt(pieces.length)]);
            }
            emails.put("noise " + i, concat(bytes(head("noise" + i) + multipart + shuffled), noise));
        }
    }

    /** Those that don't: held with their bytes. */
    static Map<String, byte[]> held() {
        Map<String, byte[]> emails = new LinkedHashMap<>();
        emails.put("nothing", new byte[0]);
        emails.put("no header", bytes("\r\nHi\r\n"));
        emails.put("no date", bytes(head("no-date").replaceFirst("Date:.*\r\n", "") + "\r\nHi\r\n"));
        emails.put("no such day", bytes(head("day").replace("02 Mar", "30 Feb") + "\r\nHi\r\n"));
        emails.put("nobody", bytes(head("nobody").replaceFirst("From:.*\r\n", "") + "\r\nHi\r\n"));
        emails.put("a continuation first", bytes(" x\r\n" + head("continued") + "\r\nHi\r\n"));
        emails.put("no text at all", latin("\u0089PNG\r\n\u001a\n\0\0"));
        return emails;
    }

    private static String head(String id) {
        return HEAD.formatted(id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concat(byte[]... all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(all).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
