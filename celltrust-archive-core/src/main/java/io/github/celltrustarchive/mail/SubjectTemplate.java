// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Text with placeholders in braces, and in brackets what is left out where a placeholder in it has no value; a backslash takes
 * the next character as it is. Values are never looked at again, so what a source puts into a name is only text. Immutable.
 */
final class SubjectTemplate {

    /** What can stand in braces, in lower case. */
    enum Placeholder {
        KIND,
        SENDER,
        RECIPIENTS,
        DIRECTION,
        CONVERSATION,
        ID,
        DATE
    }

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Value(Placeholder placeholder) implements Part {}

    private record Optional(List<Part> parts) implements Part {}

    private final List<Part> parts;

    private SubjectTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is blank, too long or malformed, or has characters that no header takes
     */
    static SubjectTemplate parse(String template) {
        EnumSet<Note> notes = EnumSet.noneOf(Note.class);
        if (template.isBlank()
                || !HeaderText.clean(template, Subjects.MAX_LENGTH, notes).equals(template)) {
            throw new IllegalArgumentException("a subject template must have 1 to " + Subjects.MAX_LENGTH
                    + " characters, none of them a control or bidi control");
        }
        return new SubjectTemplate(new Parser(template).parse());
    }

    /** The text with the values in it. */
    String fill(Function<Placeholder, String> values) {
        StringBuilder text = new StringBuilder(96);
        for (Part part : parts) {
            append(text, part, values);
        }
        return text.toString();
    }

    /** False if a placeholder has no value. */
    private static boolean append(StringBuilder text, Part part, Function<Placeholder, String> values) {
        if (part instanceof Literal literal) {
            text.append(literal.text());
            return true;
        }
        if (part instanceof Value value) {
            String given = values.apply(value.placeholder());
            text.append(given);
            return !given.isEmpty();
        }
        int before = text.length();
        for (Part inner : ((Optional) part).parts()) {
            if (!append(text, inner, values)) {
                text.setLength(before);
                break;
            }
        }
        return true;
    }

    private static final class Parser {
        private final String template;
        private final Deque<List<Part>> open = new ArrayDeque<>();
        private final StringBuilder literal = new StringBuilder();
        private int at;

        Parser(String template) {
            this.template = template;
            open.push(new ArrayList<>());
        }

        List<Part> parse() {
            while (at < template.length()) {
                next(template.charAt(at++));
            }
            endLiteral();
            require(open.size() == 1, "a bracket isn't closed");
            return open.pop();
        }

        private void next(char c) {
            switch (c) {
                case '{' -> placeholder();
                case '[' -> {
                    endLiteral();
                    open.push(new ArrayList<>());
                }
                case ']' -> {
                    endLiteral();
                    List<Part> parts = open.pop();
                    require(!open.isEmpty(), "a bracket isn't opened");
                    open.element().add(new Optional(List.copyOf(parts)));
                }
                case '\\' -> {
                    require(at < template.length(), "nothing follows the backslash");
                    literal.append(template.charAt(at++));
                }
                default -> literal.append(c);
            }
        }

        private void placeholder() {
            endLiteral();
            int end = template.indexOf('}', at);
            require(end > 0, "a brace isn't closed");
            String name = template.substring(at, end);
            at = end + 1;
            Placeholder found = Arrays.stream(Placeholder.values())
                    .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no placeholder of a subject: {" + name + "}"));
            open.element().add(new Value(found));
        }

        private void endLiteral() {
            if (literal.length() > 0) {
                open.element().add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        private void require(boolean holds, String problem) {
            if (!holds) {
                throw new IllegalArgumentException("subject template: " + problem);
            }
        }
    }
}
