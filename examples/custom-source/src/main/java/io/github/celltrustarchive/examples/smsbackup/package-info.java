// SPDX-License-Identifier: Apache-2.0
/** A source of one's own: backups of the Android app SMS Backup &amp; Restore. */
@NullMarked
package io.github.celltrustarchive.examples.smsbackup;

import org.jspecify.annotations.NullMarked;
