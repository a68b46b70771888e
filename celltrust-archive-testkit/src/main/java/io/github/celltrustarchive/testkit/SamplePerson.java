// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in the sample: how an export tells of them, and what is known to be right.
 *
 * @param mailbox where their messages belong, or null
 * @param unmappable whether they ought to have a mailbox and have none
 */
record SamplePerson(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        boolean external,
        @Nullable String mailbox,
        boolean unmappable) {

    /** Employees, found by the table, by address, or by both. The last two are one person with two addresses. */
    static final List<SamplePerson> STAFF = List.of(
            byAddress("Ann Lee", "12125550101", "ann.lee@bank.example"),
            byAddress("Jos\u00e9 Mu\u00f1oz", "12125550102", "jose.munoz@bank.example"),
            byAddress("\u05e9\u05e8\u05d4 \u05db\u05d4\u05df", "12125550103", "sara.cohen@bank.example"),
            byTable("Dan Poe", "12125550104", "dan.poe@bank.example"),
            byTable("Eve O'Hara, CFA", "12125550105", "eve.ohara@bank.example"),
            byTable(null, "12125550106", "front.desk@bank.example"),
            byAddress("\u738b\u82b3", "12125550107", "Wang.Fang@Bank.example"),
            byTable("Gus Roe", "12125550108", "gus.roe@bank.example"),
            byAddress("Kim Doe", null, "kim.doe@bank.example"),
            new SamplePerson("Kim Doe", null, "k.doe@bank.example", false, "kim.doe@bank.example", false));

    /** Customers and services. */
    static final List<SamplePerson> OUTSIDERS = List.of(
            outsider("Bob Ray", "16475550111", null),
            outsider("Mia \"Mo\" Fox", "16475550112", "mia@customer.example"),
            outsider(null, "442079460018", null),
            new SamplePerson("Ira Law", null, "ira@law.example", false, null, false),
            outsider("\u0644\u064a\u0644\u0649", "16475550115", null),
            outsider("=SUM(A1)", "20501", null));

    /** Nobody knows whose these are: a new number, and an address that isn't one. */
    static final List<SamplePerson> NOBODY = List.of(
            new SamplePerson("New phone", "12125550190", null, false, null, true),
            new SamplePerson("Max Nix", null, "max.nix@bank.example, ann.lee@bank.example", false, null, true));

    /** The user mapping file: whoever can't be found by address. */
    static final String TABLE = """
            source,mailbox
            +1 212 555 0104,dan.poe@bank.example
            12125550105,eve.ohara@bank.example
            +12125550106,front.desk@bank.example
            "+1 (212) 555-0108",gus.roe@bank.example
            k.doe@bank.example,kim.doe@bank.example
            """;

    /** As an item tells of them. */
    Participant as(ParticipantRole role) {
        return new Participant(role, name, phone, email, external);
    }

    static SamplePerson byAddress(String name, @Nullable String phone, String email) {
        return new SamplePerson(name, phone, email, false, email.toLowerCase(Locale.ROOT), false);
    }

    static SamplePerson byTable(@Nullable String name, String phone, String mailbox) {
        return new SamplePerson(name, phone, null, false, mailbox, false);
    }

    static SamplePerson outsider(@Nullable String name, @Nullable String phone, @Nullable String email) {
        return new SamplePerson(name, phone, email, true, null, false);
    }
}
