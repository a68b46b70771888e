// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncodedWordReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "no words at all                              | no words at all",
                "=?ISO-8859-1?Q?a?=                           | a",
                "=?ISO-8859-1?Q?a?= b                         | a b",
                "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=        | ab",
                "=?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=     | ab",
                "=?ISO-8859-1?Q?a_b?=                         | a b",
                "=?US-ASCII*EN?Q?Keith_Moore?=                | Keith Moore",
                "=?iso-8859-1?q?=FC?= =?utf-8?b?w7w=?=        | \u00fc\u00fc",
                "=?UTF-8?B?4oKs?=                             | \u20ac",
                "=?UTF-8?Q?=E2=82?= =?utf-8?Q?=AC?=           | \u20ac",
                "=?UTF-8?Q?=E2=82?=                           | \ufffd",
                "=?no-such-charset?Q?a?= =?UTF-8?Q?b?=        | =?no-such-charset?Q?a?= b",
                "=?UTF-8?B?***?=                              | =?UTF-8?B?***?=",
                "=?UTF-8?Q?=4?= x                             | =?UTF-8?Q?=4?= x",
                "=?UTF-8?X?a?=                                | =?UTF-8?X?a?=",
                "a=?UTF-8?Q?b?=c                              | abc",
                "=?UTF-8?Q?unclosed                           | =?UTF-8?Q?unclosed",
            })
    void wordsAreReadAsRfc2047Says(String value, String text) {
        assertThat(EncodedWordReader.decode(value)).isEqualTo(text);
    }
}
