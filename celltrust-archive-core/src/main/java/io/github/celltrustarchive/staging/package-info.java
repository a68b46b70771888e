// SPDX-License-Identifier: Apache-2.0
/** Keeps converted messages durably between collection and delivery. */
@NullMarked
package io.github.celltrustarchive.staging;

import org.jspecify.annotations.NullMarked;
