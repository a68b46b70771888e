// SPDX-License-Identifier: Apache-2.0
/** The engine as a whole, against real servers and independent readers. */
@NullMarked
package io.github.celltrustarchive.integration;

import org.jspecify.annotations.NullMarked;
