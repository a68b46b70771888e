// SPDX-License-Identifier: Apache-2.0
/** Turns items into email and reads email back. */
@NullMarked
package io.github.celltrustarchive.mail;

import org.jspecify.annotations.NullMarked;
