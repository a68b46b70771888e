// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What participants are compared by: the E.164 form of a phone number, an address in lower case, anything else as it is
 * spelled. For comparing only; nobody sees it. Here, and nowhere else, numbers are interpreted.
 */
final class SourceKey {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9(][0-9 ().\\u00A0-]{6,39}");
    private static final Pattern NOT_DIGIT = Pattern.compile("[^0-9]");
    private static final String NO_REGION = "ZZ";

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final @Nullable String region;

    /**
     * @param region ISO 3166 code of the country of numbers without a country code, or null: all numbers have one
     */
    SourceKey(@Nullable String region) {
        if (region != null && !numbers.getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException("defaultRegion must be an ISO 3166 code such as US");
        }
        this.region = region;
    }

    /** The digits of the E.164 form, or 0 where the text isn't surely a number. */
    long number(String text) {
        return of(text).map(e164 -> Long.parseLong(e164.substring(1))).orElse(0L);
    }

    /** What is compared where there is no number: Exchange knows no difference of case in addresses. */
    String text(String text) {
        return text.indexOf('@') >= 0 ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** The E.164 form, or empty where the text isn't surely a number: short codes, names, extensions. */
    Optional<String> of(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        Optional<PhoneNumber> international =
                parse("+" + NOT_DIGIT.matcher(text).replaceAll(""), NO_REGION);
        if (region == null || text.startsWith("+")) {
            return international.map(this::format);
        }
        Optional<PhoneNumber> national = parse(text, region);
        return national.filter(numbers::isValidNumber)
                .or(() -> international.filter(numbers::isValidNumber))
                .or(() -> national.filter(numbers::isPossibleNumber))
                .or(() -> international)
                .map(this::format);
    }

    private Optional<PhoneNumber> parse(String text, String inRegion) {
        try {
            return Optional.of(numbers.parse(text, inRegion));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private String format(PhoneNumber number) {
        return numbers.format(number, PhoneNumberFormat.E164);
    }
}
