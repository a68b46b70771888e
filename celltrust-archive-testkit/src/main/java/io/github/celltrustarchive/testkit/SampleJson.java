// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes JSON with nothing but a string builder, so that no parser's idea of it is shared. */
final class SampleJson {

    private final StringBuilder out = new StringBuilder();

    SampleJson field(String name, @Nullable String value) {
        if (value != null) {
            name(name).quote(value);
        }
        return this;
    }

    SampleJson raw(String name, String json) {
        name(name).out.append(json);
        return this;
    }

    SampleJson participant(String name, SamplePerson person) {
        return participant(name, person.as(ParticipantRole.FROM));
    }

    SampleJson participant(String name, Participant participant) {
        return raw(name, person(participant));
    }

    SampleJson participants(String name, List<SamplePerson> people) {
        return array(
                name,
                people.stream()
                        .map(person -> person(person.as(ParticipantRole.TO)))
                        .toList());
    }

    SampleJson array(String name, List<String> elements) {
        return raw(name, "[" + String.join(",", elements) + "]");
    }

    String object() {
        return "{" + out + "}";
    }

    /** A participant in whatever role: the role is where they stand. */
    static String person(Participant person) {
        SampleJson json = new SampleJson()
                .field("name", person.displayName())
                .field("phone", person.phone())
                .field("email", person.email());
        return (person.external() ? json.raw("external", "true") : json).object();
    }

    private SampleJson name(String name) {
        if (out.length() > 0) {
            out.append(',');
        }
        quote(name);
        out.append(':');
        return this;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x2028) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
