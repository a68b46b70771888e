// SPDX-License-Identifier: Apache-2.0
/** Contract tests for every SPI, fakes, fault injection and sample data. */
@NullMarked
package io.github.celltrustarchive.testkit;

import org.jspecify.annotations.NullMarked;
