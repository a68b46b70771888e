// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.testkit.contract.RecordParserContract;
import java.util.List;

/** Six good lines in the project's own format and, third, a bad one. */
final class ExportLines {

    static final List<String> IDS = List.of("Ab 1", "aB 1", "3", "d-4", "d-5", "d-6");
    static final int BAD = 1;

    private ExportLines() {}

    static List<String> all() {
        return List.of(
                line("\"Ab 1\"", "Good morning", ""),
                line("\"aB 1\"", "The papers are ready", ""),
                "{\"id\":\"bad\",\"kind\":\"SMS\",\"sent\":\"" + RecordParserContract.MARKER + "\"}",
                line("3", "Signed", ",\"attachments\":[{\"name\":\"note.txt\",\"data\":\"U2lnbmVkLg==\",\"size\":7}]"),
                line("\"d-4\"", "See you at three", ""),
                line("\"d-5\"", "A long one ".repeat(3_000), ""),
                line("\"d-6\"", "Never mind", ""));
    }

    static String oneMore() {
        return line("\"d-7\"", "One more thing", "");
    }

    private static String line(String id, String text, String more) {
        return "{\"id\":" + id + ",\"kind\":\"SMS\",\"direction\":\"inbound\",\"sent\":\"2026-11-20T14:03:27Z\","
                + "\"from\":{\"name\":\"Ann Lee\",\"phone\":\"+12125550101\"},"
                + "\"to\":[{\"email\":\"bob.ray@bank.example\"}],\"text\":\"" + text + "\"" + more + "}";
    }
}
