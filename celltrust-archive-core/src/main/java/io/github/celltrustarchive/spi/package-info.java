// SPDX-License-Identifier: Apache-2.0
/** The interfaces that connectors and hosts implement. */
@NullMarked
package io.github.celltrustarchive.spi;

import org.jspecify.annotations.NullMarked;
