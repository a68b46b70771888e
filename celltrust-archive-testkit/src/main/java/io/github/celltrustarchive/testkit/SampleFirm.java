// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Everybody of a firm of any size, and whom they write to. Made from numbers when they are asked for, and kept nowhere. */
final class SampleFirm {

    /** As many as there are numbers for. */
    static final int MAX_PEOPLE = 4_000;

    private static final int NUMBERS_PER_AREA = 100; // 555-0100 to 555-0199 are reserved for fiction in each area
    private static final int CLIENTS_EACH = 6;
    private static final int STRANGERS = 40;

    private static final List<String> FIRST_NAMES = List.of(
            "Ann",
            "Bob",
            "Cid",
            "Dan",
            "Eve",
            "Fay",
            "Gus",
            "Ida",
            "Jos\u00e9",
            "Kim",
            "Leo",
            "Mia",
            "No\u00e9mie",
            "Ole",
            "Pia",
            "Rui",
            "Sa\u00fal",
            "Tom",
            "Uma",
            "Vic");
    private static final List<String> LAST_NAMES = List.of(
            "Lee",
            "Moe",
            "Poe",
            "Roe",
            "Doe",
            "Fox",
            "Law",
            "Ray",
            "O'Hara",
            "Mu\u00f1oz",
            "Cohen",
            "Wang",
            "Nkosi",
            "\u00d8stby",
            "K\u00fchn",
            "Kaya",
            "Silva",
            "Haddad",
            "de la Cruz",
            "Smith-Jones");
    private static final List<String> OTHER_SCRIPTS = List.of(
            "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df",
            "\u738b\u82b3",
            "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f");
    private static final int[] AREAS = {
        201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231,
        234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302
    };
    private static final int[] CLIENT_AREAS = {
        403, 416, 418, 506, 514, 519, 604, 613, 647, 705, 709, 780, 807, 819, 902, 905
    };
    private static final int STRANGER_AREA = 917;

    private final int people;

    SampleFirm(int people) {
        this.people = people;
    }

    int people() {
        return people;
    }

    /** A third is known by address, a third by the table, a third by both. */
    SamplePerson employee(int number) {
        String name = number % 17 == 16 ? OTHER_SCRIPTS.get(number / 17 % OTHER_SCRIPTS.size()) : name(number);
        String phone = phone(AREAS[number / NUMBERS_PER_AREA], number % NUMBERS_PER_AREA);
        String address = localPart(name(number)) + "." + number + "@bank.example";
        return inTableOnly(number)
                ? SamplePerson.byTable(name, phone, address)
                : SamplePerson.byAddress(name, phone, address);
    }

    private static boolean inTableOnly(int number) {
        return number % 3 == 1;
    }

    /** The customers of an employee, some of them shared with others. Nobody of the firm's, and the export says so. */
    SamplePerson client(int employee, int which) {
        int number = employee * CLIENTS_EACH + which % CLIENTS_EACH;
        if (number % 9 == 8) { // the export doesn't know, but the address is another firm's
            String address = localPart(name(number)) + "." + number + "@customer.example";
            return new SamplePerson(name(number), null, address, false, null, false);
        }
        int place = number % (CLIENT_AREAS.length * NUMBERS_PER_AREA);
        String phone = phone(CLIENT_AREAS[place / NUMBERS_PER_AREA], place % NUMBERS_PER_AREA);
        return SamplePerson.outsider(number % 5 == 4 ? null : name(number + 7), phone, null);
    }

    /** A number that nobody knows: a new phone, not in the table yet. */
    SamplePerson stranger(int which) {
        return new SamplePerson(null, phone(STRANGER_AREA, which % STRANGERS), null, false, null, true);
    }

    /** The user mapping file: whoever can't be found by address, and some who can. */
    String table() {
        StringBuilder table = new StringBuilder("source,mailbox\n");
        for (int number = 0; number < people; number++) {
            SamplePerson person = employee(number);
            if (number % 3 > 0) {
                String phone = String.valueOf(person.phone());
                table.append('+')
                        .append(phone.charAt(0))
                        .append(' ')
                        .append(phone, 1, 4)
                        .append(' ');
                table.append(phone, 4, 7).append(' ').append(phone, 7, 11);
                table.append(',').append(person.mailbox()).append('\n');
            }
        }
        return table.toString();
    }

    private static String name(int number) {
        return FIRST_NAMES.get(number % FIRST_NAMES.size()) + " "
                + LAST_NAMES.get(number / FIRST_NAMES.size() % LAST_NAMES.size());
    }

    private static String phone(int area, int number) {
        return "1" + area + "555" + (number < 10 ? "010" : "01") + number;
    }

    private static String localPart(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replace('\u00d8', 'O')
                .replace(' ', '.')
                .replaceAll("[^A-Za-z.-]", "")
                .toLowerCase(Locale.ROOT);
    }
}
