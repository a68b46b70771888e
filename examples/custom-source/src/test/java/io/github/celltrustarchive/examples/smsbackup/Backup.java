// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes backups for tests. */
final class Backup {

    static final String OWNER = "+12025550100";
    static final String BOB = "+12025550101";

    private Backup() {}

    static String sms(long date, int type, String body) {
        return "<sms address=\"" + BOB + "\" date=\"" + date + "\" type=\"" + type + "\" body=\"" + body
                + "\" read=\"1\" contact_name=\"Bob Ray\" />";
    }

    /** A part with a picture of one byte. */
    static String picture() {
        return "<part seq=\"0\" ct=\"image/png\" cl=\"a.png\" text=\"null\" data=\"AQ==\" />";
    }

    static String text(String text) {
        return "<part seq=\"0\" ct=\"text/plain\" cl=\"null\" text=\"" + text + "\" />";
    }

    static String mms(int box, String address, String parts, String... addrs) {
        return "<mms date=\"1762077807000\" msg_box=\"" + box + "\" address=\"" + address
                + "\" m_id=\"null\" sub=\"null\"><parts>" + parts + "</parts><addrs>" + String.join("", addrs)
                + "</addrs></mms>";
    }

    static String addr(String address, int type) {
        return "<addr address=\"" + address + "\" type=\"" + type + "\" charset=\"106\" />";
    }

    static String of(String... records) {
        return declaring(records.length, records);
    }

    static String declaring(int count, String... records) {
        return "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"" + count + "\">\n"
                + String.join("\n", List.of(records)) + "\n</smses>\n";
    }

    static Path write(Path folder, String name, String backup) throws IOException {
        return Files.writeString(folder.resolve(name), backup);
    }
}
