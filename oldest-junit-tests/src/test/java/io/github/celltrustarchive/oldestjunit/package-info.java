// SPDX-License-Identifier: Apache-2.0
/** What holds of the test kit on the oldest JUnit. */
@NullMarked
package io.github.celltrustarchive.oldestjunit;

import org.jspecify.annotations.NullMarked;
