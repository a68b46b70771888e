// SPDX-License-Identifier: Apache-2.0
/** Runnable hosts. */
@NullMarked
package io.github.celltrustarchive.examples;

import org.jspecify.annotations.NullMarked;
